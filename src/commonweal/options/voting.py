"""Ballots as counted kinds of ballot, and what comes of them by the published rule."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commonweal.core.errors import Refused
from commonweal.methods.equal_shares import completed, election, equal_shares, most_votes, served
from commonweal.options.models import Completion, PublicVote
from commonweal.options.pasted import rows_of

MOST_BALLOTS = 150_000


@dataclass(frozen=True, slots=True)
class Papers:
    """Ballots as brought: the codes on each."""

    ballots: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Ballots that say the same, counted: places of projects, and how many cast it."""

    kinds: tuple[tuple[tuple[int, ...], int], ...]

    @property
    def voters(self) -> int:
        """How many voted."""
        return sum(many for _, many in self.kinds)

    @property
    def digest(self) -> str:
        """A mark of all ballots."""
        return hashlib.sha256(json.dumps(self.as_data()).encode()).hexdigest()

    def as_data(self) -> list[Any]:
        """Plain data."""
        return [[list(places), many] for places, many in self.kinds]


def papers_of(text: str) -> Papers:
    """Ballots of a CSV with a column called vote: codes with commas or semicolons between them.

    Other columns (a voter's number, age) are dropped at once and never kept. Refused where it does not fit.
    """
    rows = rows_of(text, most=MOST_BALLOTS + 1)
    head = [cell.casefold() for cell in rows[0]]
    if "vote" not in head:
        raise Refused("The heading row has no column called vote. Name the column of the chosen projects so.")
    at = head.index("vote")
    ballots = []
    for row in rows[1:]:
        cell = row[at] if at < len(row) else ""
        ballots.append(tuple(dict.fromkeys(code for code in _codes(cell) if code)))
    if not ballots:
        raise Refused("There is no ballot in it.")
    return Papers(tuple(ballots))


def _codes(cell: str) -> list[str]:
    return [code.strip() for code in cell.replace(";", ",").replace("|", ",").split(",")]


def counted(papers: Papers, codes: Sequence[str]) -> Kinds:
    """Ballots counted by what they say; Refused where one names a project that is not on the list."""
    places = {code: place for place, code in enumerate(codes)}
    many = Counter(papers.ballots)
    found: Counter[tuple[int, ...]] = Counter()
    for ballot, count in many.items():
        unknown = next((code for code in ballot if code not in places), None)
        if unknown is not None:
            raise Refused(
                f"A ballot names {unknown[:20]!r}, which is on no list. Put the file right and bring it again."
            )
        found[tuple(sorted(places[code] for code in ballot))] += count
    return Kinds(tuple(sorted(found.items())))


def outcome_of(vote: PublicVote, kinds: Kinds) -> dict[str, Any]:
    """What the rule gives, beside plain most votes: places of projects, prices, shares of voters served."""
    cost = [float(one.cost) for one in vote.projects.order_by("place")]
    held = election(
        cost, [one for one, _ in kinds.kinds], budget=float(vote.budget), counts=[many for _, many in kinds.kinds]
    )
    fill = vote.completion == Completion.ADD1U
    won, first, plain = completed(held, step=float(vote.step), fill=fill), equal_shares(held), most_votes(held)
    return {
        "votes": [int(one) for one in held.votes],
        "bought": list(won.projects),
        "price": list(won.price),
        "filled": list(won.filled),
        "spent": won.spent,
        "share": won.share,
        "first_share": first.share,
        "before": list(first.projects),
        "most_votes": list(plain),
        "served": served(held, won.all),
        "served_most_votes": served(held, plain),
    }
