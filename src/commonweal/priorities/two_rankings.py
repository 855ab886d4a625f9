"""Want and need side by side: two orders of the same candidates, where they part, how little would flip them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.methods.flip import Flip, dial, flip_pair, flip_top, places, shares, values

Numbers = tuple[float, ...]
SMALL = 0.0005


@dataclass(frozen=True, slots=True)
class Ordered:
    """One candidate with its value and place on each side."""

    name: str
    want: float
    need: float
    want_place: int
    need_place: int

    @property
    def parts(self) -> int:
        """How many places apart the two sides put it."""
        return abs(self.want_place - self.need_place)


@dataclass(frozen=True, slots=True)
class Parting:
    """Two candidates that the sides put the other way round, and what would make members' weights agree."""

    wanted: str
    needed: str
    moved: float | None
    words: str


@dataclass(frozen=True, slots=True)
class TwoRankings:
    """Both orders with their partings, how first place could be taken, and where a mix of the two turns."""

    rows: tuple[Ordered, ...]
    partings: tuple[Parting, ...]
    firsts: tuple[str, ...]
    turns: tuple[str, ...]
    same: tuple[str, ...]      # criteria on which every candidate scores the same
    answer: str


def two_rankings(
    names: tuple[str, ...], criteria: tuple[str, ...], scores: tuple[Numbers, ...], want: Numbers, need: Numbers
) -> TwoRankings:
    """Both orders of two or more candidates; MethodError where the numbers cannot be weighed."""
    first, second = values(want, scores), values(need, scores)
    at, other = places(first), places(second)
    rows = tuple(
        Ordered(name, float(first[one]), float(second[one]), at[one], other[one]) for one, name in enumerate(names)
    )
    partings = tuple(
        _parting(names, criteria, flip_pair(want, scores, ahead=a, behind=b), (a, b), want)
        for a in range(len(names)) for b in range(len(names)) if at[a] < at[b] and other[a] > other[b]
    )
    firsts = tuple(
        _first(names[one], criteria, flip_top(want, scores, winner=one), want)
        for one in range(len(names)) if at[one] != 1
    )
    table = np.asarray(scores)
    same = tuple(name for column, name in enumerate(criteria) if np.ptp(table[:, column]) == 0)
    turns = tuple(
        f"Where need counts for {100 * one.share:.0f}% and want for the rest, {names[one.winner]} comes first."
        for one in dial(want, need, scores)[1:]
    )
    return TwoRankings(rows, partings, firsts, turns, same, _answer(rows, partings))


def _answer(rows: tuple[Ordered, ...], partings: tuple[Parting, ...]) -> str:
    wanted = " and ".join(row.name for row in rows if row.want_place == 1)
    needed = " and ".join(row.name for row in rows if row.need_place == 1)
    if wanted == needed:
        start = f"Want and need both put {wanted} first"
    else:
        start = f"Members put {wanted} first, need puts {needed} first"
    if not partings:
        return f"{start}. No two outcomes stand the other way round."
    pairs = "one pair" if len(partings) == 1 else f"{len(partings)} pairs"
    return f"{start}. The two part over {pairs} of outcomes."


def _parting(
    names: tuple[str, ...], criteria: tuple[str, ...], flip: Flip | None, pair: tuple[int, int], want: Numbers
) -> Parting:
    wanted, needed = names[pair[0]], names[pair[1]]
    if flip is None:
        return Parting(wanted, needed, None, f"No weights put {needed} level with {wanted}.")
    words = f"{needed} would draw level with {wanted} {_moves(criteria, flip, want)}."
    return Parting(wanted, needed, flip.moved, words)


def _first(name: str, criteria: tuple[str, ...], flip: Flip | None, want: Numbers) -> str:
    if flip is None:
        return f"{name} comes first under no weights at all."
    return f"{name} would draw level with the first {_moves(criteria, flip, want)}."


def _moves(criteria: tuple[str, ...], flip: Flip, want: Numbers) -> str:
    """What would have to move between criteria, in points of a hundred."""
    change = flip.weights - shares(want)
    gains = [f"{name} ({100 * one:+.1f})" for name, one in zip(criteria, change, strict=True) if one > SMALL]
    gives = [f"{name} ({100 * one:+.1f})" for name, one in zip(criteria, change, strict=True) if one < -SMALL]
    if not gains:
        return "with no change at all"
    return (f"if {100 * flip.moved:.1f} of 100 points of members' weight moved, "
            f"from {', '.join(gives)} to {', '.join(gains)}")
