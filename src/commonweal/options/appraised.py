"""What follows from scores and weights: how often each option wins for whom, what would turn it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from commonweal.methods.additive import Ratings, beats, ratings, reversals, telling
from commonweal.methods.arrays import Reals
from commonweal.methods.flip import Flip, flip_top, places, shares, values
from commonweal.methods.robustness import Holds, Robust, holds, robust
from commonweal.methods.smaa import ANY, Accepted, Held, smaa
from commonweal.present.wording import listed

Table = tuple[tuple[float, ...], ...]
ANYBODY = "Any weights at all"
SMALL = 0.005
NEVER = 0.01
UNSURE = 0.8
NONE_TURNS = "No weights would put another option first."


@dataclass(frozen=True, slots=True)
class GroupHeld:
    """A group's swing points by criterion, and the least and most they may be."""

    title: str
    points: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """Everything that is worked from: names, ratings from 0 to 100 at least, likely, at most, and the groups."""

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    low: Table
    likely: Table
    high: Table
    groups: tuple[GroupHeld, ...]


@dataclass(frozen=True, slots=True)
class GroupFound:
    """One group: shares of all weight, each option's value and place at its points, how often it is first."""

    title: str
    weights: tuple[float, ...]
    worth: tuple[float, ...]
    places: tuple[int, ...]
    first: tuple[float, ...]
    turns: tuple[str, ...]
    nearest: str                  # what would change the answer with the least moved
    holds: tuple[Holds, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The whole answer."""

    given: Given
    robust: Robust
    groups: tuple[GroupFound, ...]
    anybody: Accepted
    profiles: tuple[str, ...]     # for whom each option would be right
    same: tuple[str, ...]         # criteria that tell nothing apart
    reversals: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The options."""
        return self.given.options


@lru_cache(maxsize=64)
def result_of(given: Given) -> Result:
    """Everything that follows; kept for the same inputs, so that a page opens at once the second time."""
    rating = ratings(given.low, given.likely, given.high)
    accepted = {
        one.title: smaa(rating, Held(one.low, one.high), seed=place)
        for place, one in enumerate(given.groups, start=1)
    }
    anybody = smaa(rating, ANY)
    return Result(
        given, robust(given.options, accepted, beats(rating)),
        tuple(_group(given, one, accepted[one.title]) for one in given.groups), anybody,
        tuple(_profile(given, anybody, at) for at in range(len(given.options))),
        tuple(name for name, tells in zip(given.criteria, telling(rating), strict=True) if not tells),
        _reversals(given, rating),
    )


def moves(criteria: tuple[str, ...], start: Reals, flip: Flip | None, name: str) -> str:
    """What would have to change for an option to be first, in a sentence."""
    if flip is None:
        return f"{name} is first under no weights at all."
    change = flip.weights - start
    gains = [f"{one} (+{100 * by:.0f})" for one, by in zip(criteria, change, strict=True) if by > SMALL]
    gives = [f"{one} (−{-100 * by:.0f})" for one, by in zip(criteria, change, strict=True) if by < -SMALL]
    if not gains:
        return f"{name} is level with the first as it is."
    return (f"{name} would draw level if {100 * flip.moved:.0f} of 100 points of weight moved, "
            f"from {listed(gives)} to {listed(gains)}.")


def _group(given: Given, held: GroupHeld, found: Accepted) -> GroupFound:
    start, worth = shares(held.points), values(held.points, given.likely)
    order = places(worth)
    flips = {
        name: _nearest(held.points, given.likely, at) for at, name in enumerate(given.options) if order[at] != 1
    }
    turns = {name: moves(given.criteria, start, flip, name) for name, flip in flips.items()}
    found_turns = {name: flip.moved for name, flip in flips.items() if flip is not None}
    nearest = NONE_TURNS
    if found_turns:
        nearest = turns[min(found_turns, key=lambda name: found_turns[name])]
    return GroupFound(
        held.title, tuple(map(float, start)), tuple(map(float, worth)), order, tuple(map(float, found.first)),
        tuple(turns.values()), nearest,
        tuple(holds(held.points, given.likely, at) for at in range(len(given.criteria))),
    )


def _nearest(points: tuple[float, ...], likely: Table, winner: int) -> Flip | None:
    """The least change of weights that brings an option level, among criteria that tell options apart.

    Weight moved to a criterion on which all score alike would only hide every difference.
    """
    table, given = np.array(likely), np.array(points)
    apart = np.flatnonzero(np.ptp(table, axis=0) > 0)
    held = float(given[apart].sum() / given.sum())
    flip = flip_top(given[apart], table[:, apart], winner=winner)
    if flip is None:
        return None
    weights = np.array(shares(points))
    weights[apart] = held * flip.weights
    return Flip(flip.winner, held * flip.moved, weights)


def _profile(given: Given, anybody: Accepted, at: int) -> str:
    """For whom an option would be right: what its central weights lean to."""
    name, share = given.options[at], float(anybody.first[at])
    if share < NEVER:
        return f"{name} is hardly ever first, whatever counts most."
    even = 1 / len(given.criteria)
    central = anybody.central[at]
    leans = [
        given.criteria[int(one)] for one in np.argsort(-central)[:2] if central[int(one)] > even * 1.1
    ]
    told = "with no leaning to any criterion"
    if leans:
        names = listed([f"“{one}”" for one in leans])
        told = f"mostly where {names} count{'' if len(leans) > 1 else 's'} for more than the rest"
    sure = float(anybody.confidence[at])
    unsure = "" if sure >= UNSURE else f" Even there the scores leave it first only {100 * sure:.0f}% of the time."
    return f"{name} is first in {_per_cent(share)} of all weightings, {told}.{unsure}"


def _reversals(given: Given, rating: Ratings) -> tuple[str, ...]:
    """What would turn round had the scales been drawn from the options that happen to be there."""
    names = given.options
    return tuple(
        f"{held.title}: leaving out {names[one.left_out]} would have put {names[one.behind]} before "
        f"{names[one.ahead]}."
        for held in given.groups for one in reversals(held.points, rating.likely)[:2]
    )


def _per_cent(share: float) -> str:
    return "under 1%" if share < 0.01 else f"{100 * share:.0f}%"
