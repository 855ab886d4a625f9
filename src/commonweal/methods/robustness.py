"""How firm an answer is: for each group, between groups, as one weight moves; and the sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.additive import Truths
from commonweal.methods.arrays import MethodError, Reals, reals
from commonweal.methods.flip import LEVEL, shares, values
from commonweal.methods.smaa import Accepted

FIRM, LEANS = 0.75, 0.5    # of the weightings a group might hold
NEARLY_ALL = 0.95
AGREEABLE = 0.6            # first or second that often for every group: a compromise worth naming
LEAD = 0.03                # closer than this, no option is told as ahead


class Firmness(StrEnum):
    """How often the option that is first for a group is so."""

    NEARLY_ALL = "nearly all"
    FIRM = "most"
    LEANS = "more than half"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Standing:
    """Which option is most often first for a group, and how often; `level` ones are too close to it to tell."""

    group: str
    winner: int
    share: float
    firmness: Firmness
    level: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Robust:
    """The answer in a sentence, then a sentence for each group, then what is surely beaten and what may bridge."""

    answer: str
    groups: tuple[str, ...]
    more: tuple[str, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """The share of all weight one criterion may have, others pro rata, while the first option stays first.

    `below` and `above` say which option takes over past either end; None where none does.
    """

    low: float
    high: float
    below: int | None
    above: int | None


def standing(group: str, found: Accepted) -> Standing:
    """Where a group stands.

    Formula: the option with the largest first-rank acceptability b, and those within LEAD of it; firm from b of
    0.75, nearly all from 0.95, leaning from 0.5. Source: the reading of acceptability in Tervonen and Figueira,
    A survey on SMAA methods, J. Multi-Criteria Decision Analysis 15 (2008); the limits are this project's own.
    """
    first = found.first
    winner = int(np.argmax(first))
    share = float(first[winner])
    near = tuple(int(one) for one in np.flatnonzero(first >= share - LEAD) if one != winner)
    steps = ((NEARLY_ALL, Firmness.NEARLY_ALL), (FIRM, Firmness.FIRM), (LEANS, Firmness.LEANS))
    firmness = next((kind for least, kind in steps if share >= least), Firmness.OPEN)
    return Standing(group, winner, share, firmness, near)


def robust(names: tuple[str, ...], groups: Mapping[str, Accepted], beaten: Truths) -> Robust:
    """What may be said of the answer, and how firmly.

    Formula: `standing` for each group; surely beaten are options with a row in `beaten` (m, m); a bridge is the
    option whose least share of first and second places over the groups is largest, told from 0.6.
    Errors: MethodError without a group. Source: as for `standing`; max-min over groups after Rawls.
    """
    if not groups:
        raise MethodError("No group has given its weights yet.")
    found = tuple(standing(group, one) for group, one in groups.items())
    lines = tuple(_line(names, one) for one in found)
    return Robust(_answer(names, found, beaten), lines, (*_losers(names, beaten), *_bridge(names, groups, found)),
                  found)


def holds(weights: ArrayLike, scores: ArrayLike, criterion: int) -> Holds:
    """How far one weight can move before another option is first, the others keeping their proportions.

    Formula: V_i(t) = t s_ik + (1 - t) R_i, R_i = sum over l not k of w_l s_il / (1 - w_k); the interval of t on
    [0, 1] around w_k where V_first(t) >= V_j(t) for all j. Where k has all the weight, the rest is even.
    Shapes: weights (c,), scores (m, c). Errors: as for `flip.values`.
    Source: weight stability intervals, Mareschal, Weight stability intervals in multicriteria decision aid,
    EJOR 33 (1988), pages 54-64.
    """
    share, table, worth = shares(weights), reals(scores, "Scores"), values(weights, scores)
    first, now = int(np.argmax(worth)), float(share[criterion])
    rest = _rest(share, table, criterion)
    at_all = table[first, criterion] - table[:, criterion]      # lead where this criterion has all the weight
    at_none = rest[first] - rest
    low, high, below, above = 0.0, 1.0, None, None
    for other in range(table.shape[0]):
        slope = at_all[other] - at_none[other]
        if other == first or abs(slope) <= LEVEL:
            continue
        turn = float(np.clip(-at_none[other] / slope, 0.0, 1.0))
        if slope > 0 and at_none[other] < -LEVEL and turn > low:
            low, below = min(turn, now), other
        if slope < 0 and at_all[other] < -LEVEL and turn < high:
            high, above = max(turn, now), other
    return Holds(low, high, below, above)


def _rest(share: Reals, table: Reals, criterion: int) -> Reals:
    others = np.delete(share, criterion)
    if others.size == 0:
        return np.zeros(table.shape[0])
    kept = others / others.sum() if others.sum() > LEVEL else np.full(others.size, 1 / others.size)
    return np.asarray(np.delete(table, criterion, axis=1) @ kept)


def _answer(names: tuple[str, ...], found: tuple[Standing, ...], beaten: Truths) -> str:
    firsts = list(dict.fromkeys(one.winner for one in found))
    winner = firsts[0]
    if len(firsts) == 1:
        others = [one for one in range(len(names)) if one != winner]
        if others and all(beaten[winner, one] for one in others):
            return f"{names[winner]} is the best on every criterion. No weights change that."
        least = min(found, key=lambda one: one.share)
        if any(one.level for one in found):
            return f"{names[winner]} is ahead, but not clearly for everyone."
        of_whom = {1: f"of {found[0].group}", 2: "of both groups"}.get(len(found), "of every group")
        return f"{names[winner]} comes first by the weights {of_whom}, {_firmly(least)}."
    by = {first: _and([one.group for one in found if one.winner == first]) for first in firsts}
    rest = [f"{names[first]} for {by[first]}" for first in firsts[1:]]
    return f"The groups differ: {names[winner]} comes first for {by[winner]}, {_and(rest)}."


def _firmly(one: Standing) -> str:
    return {
        Firmness.NEARLY_ALL: f"and firmly: {_often(one.share)}",
        Firmness.FIRM: f"and fairly firmly: {_often(one.share)}",
        Firmness.LEANS: f"but not by much: {_often(one.share)} for {one.group}",
        Firmness.OPEN: f"but it is open: only {_often(one.share)} for {one.group}",
    }[one.firmness]


def _line(names: tuple[str, ...], one: Standing) -> str:
    said = f"{one.group}: {names[one.winner]} is first {_often(one.share)} they might hold"
    if one.level:
        return f"{said}, too close to {_and([names[near] for near in one.level])} to call."
    return f"{said}."


def _losers(names: tuple[str, ...], beaten: Truths) -> tuple[str, ...]:
    return tuple(
        f"{names[lost]} is surely no better than {_and([names[one] for one in np.flatnonzero(beaten[:, lost])])} "
        "on any criterion."
        for lost in range(len(names)) if beaten[:, lost].any()
    )


def _bridge(
    names: tuple[str, ...], groups: Mapping[str, Accepted], found: tuple[Standing, ...]
) -> tuple[str, ...]:
    if len({one.winner for one in found}) < 2 or len(names) < 3:
        return ()
    near_top = np.min([one.ranks[:, :2].sum(axis=1) for one in groups.values()], axis=0)
    best = int(np.argmax(near_top))
    if near_top[best] < AGREEABLE:
        return ("No option comes first or second for every group in most of its weightings: none stands out as "
                "what they could agree on.",)
    return (f"{names[best]} is first or second for every group, {_often(float(near_top[best]))} at the "
            "least: it may be what they can agree on.",)


def _often(share: float) -> str:
    if share >= 0.995:
        return "in all weightings" if share >= 0.99995 else "in over 99% of weightings"
    return f"in {100 * share:.0f}% of weightings"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
