"""What there is of money, risk, size, budgets and bids, for whoever looks, and how each is begun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.queries.bidding import bids_for
from commonweal.options.queries.budget import allocations_for, votes_for
from commonweal.options.queries.money import sheets_for
from commonweal.options.queries.risk import cases_for
from commonweal.options.queries.scale import sets_for


@dataclass(frozen=True, slots=True)
class Row:
    """One thing and its page."""

    title: str
    detail: str
    href: str


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing: what it answers, what there is, and how one is begun by those who may."""

    title: str
    says: str
    rows: tuple[Row, ...]
    begin: str
    begin_text: str
    may_begin: bool


def overview_for(viewer: Viewer, partnership: UUID) -> tuple[Part, ...]:
    """The parts that this viewer may see."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    return tuple(_parts(viewer, partnership))


def _parts(viewer: Viewer, key: UUID) -> Iterator[Part]:
    may = viewer.may(Permission.RECORD_EVIDENCE, key)

    def part(
        title: str, says: str, rows: tuple[Row, ...], begin: str, text: str, *, may_begin: bool = may
    ) -> Part:
        return Part(title, says, rows, reverse(begin, args=[key]), text, may_begin)

    def row(name: str, pk: UUID, title: str, detail: str) -> Row:
        return Row(title, detail, reverse(name, args=[key, pk]))

    if viewer.may(Permission.VIEW_EVIDENCE, key):
        yield part(
            "What options cost and bring",
            "Options beside one another in pounds of now, by the Green Book.",
            tuple(
                row("options:money-sheet", one.id, one.title, f"{one.options} options")
                for one in sheets_for(viewer, key)
            ),
            "options:money-begin",
            "Compare options in pounds",
        )
        yield part(
            "Who carries the risk",
            "A contract drawn many times over: who could bear it, and what share is fair.",
            tuple(row("options:risk", one.id, one.title, f"{one.years} years") for one in cases_for(viewer, key)),
            "options:risk-begin",
            "Share the risk of a contract",
        )
        yield part(
            "Does size matter?",
            "Cost against size from bodies that do the same, and what joining may save.",
            tuple(
                row("options:scale", one.id, one.title, f"{one.bodies} bodies") for one in sets_for(viewer, key)
            ),
            "options:scale-bring",
            "Bring comparators",
        )
        yield part(
            "Share out a budget",
            "The set of options that does most, with floors for those in need.",
            tuple(row("options:budget", one.id, one.title, one.detail) for one in allocations_for(viewer, key)),
            "options:budget-begin",
            "Share out a budget",
        )
    yield part(
        "Let the public decide",
        "A public vote on projects, by a rule that is locked before anybody votes.",
        tuple(row("options:vote", one.id, one.title, one.detail) for one in votes_for(viewer, key)),
        "options:vote-begin",
        "Prepare a vote",
    )
    if viewer.may(Permission.BRING_EVIDENCE, key) and viewer.organisation_in(key) is not None:
        yield part(
            "Bid or no bid",
            "Your organisation's own workbook before it bids elsewhere. Nobody else sees it.",
            tuple(row("options:bid", one.id, one.title, one.buyer) for one in bids_for(viewer, key)),
            "options:bid-begin",
            "Weigh a bid",
            may_begin=True,
        )
