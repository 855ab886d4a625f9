"""How little the weights would have to change for another to come first: two weightings of the same scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog

from commonweal.methods.arrays import MethodError, Reals, reals

LEVEL = 1e-9    # scores closer than this are level


@dataclass(frozen=True, slots=True)
class Flip:
    """The nearest weights at which `winner` is level with or ahead of all it must beat.

    `moved` is the share of all weight that changes hands, from 0 (nothing need change) to 1.
    """

    winner: int
    moved: float
    weights: Reals    # (c,) sums to 1


@dataclass(frozen=True, slots=True)
class DialStep:
    """From this share of the second weighting on, `winner` comes first."""

    share: float
    winner: int


def shares(weights: ArrayLike) -> Reals:
    """Weights as shares of one.

    Formula: w / sum(w). Shapes: (c,) -> (c,), weights of 0 or more in any unit. Errors: MethodError where a weight
    is missing or below 0, or all are 0.
    Source: Keeney and Raiffa, Decisions with Multiple Objectives, 1976, chapter 3 (weights of an additive value).
    """
    found = reals(weights, "Weights", low=0.0)
    if found.ndim != 1 or not found.size or np.isnan(found).any():
        raise MethodError("Give every criterion a weight.")
    total = float(found.sum())
    if total <= 0:
        raise MethodError("The weights sum to nothing. Give at least one criterion a weight above 0.")
    return np.asarray(found / total)


def values(weights: ArrayLike, scores: ArrayLike) -> Reals:
    """The weighted value of each candidate.

    Formula: V = S w, w as shares. Shapes: weights (c,), scores (m, c) -> (m,), in the unit of the scores.
    Errors: MethodError where a score is missing or the shapes do not fit.
    Source: Keeney and Raiffa, Decisions with Multiple Objectives, 1976, chapter 3.
    """
    share, table = shares(weights), _table(scores)
    if table.shape[1] != share.size:
        raise MethodError(f"There are {share.size} weights for {table.shape[1]} criteria. Give each its own.")
    return np.asarray(table @ share)


def places(worth: ArrayLike) -> tuple[int, ...]:
    """The place of each candidate from 1; level ones share the better place.

    Formula: 1 + the number of candidates ahead by more than LEVEL. Shapes: (m,) -> m places.
    Source: standard competition ranking, as in Tervonen and Lahdelma, EJOR 178 (2007).
    """
    found = reals(worth, "Values")
    return tuple(1 + int((found > one + LEVEL).sum()) for one in found)


def flip_pair(weights: ArrayLike, scores: ArrayLike, *, ahead: int, behind: int) -> Flip | None:
    """The smallest change of weights at which `behind` draws level with `ahead`; None where no weights do that.

    Formula: min sum(p + n) / 2 where u = w + p - n, u >= 0, sum(u) = 1, u.(s_behind - s_ahead) >= 0.
    Shapes: weights (c,), scores (m, c). Unit of `moved`: share of all weight. Errors: as for `values`.
    Source: Wolters and Mareschal, Novel types of sensitivity analysis, EJOR 81 (1995), pages 281-290.
    """
    return _nearest(weights, scores, behind, [ahead])


def flip_top(weights: ArrayLike, scores: ArrayLike, *, winner: int) -> Flip | None:
    """The smallest change of weights at which `winner` is level with or ahead of every other; None if none does.

    Formula: as for `flip_pair`, with one row u.(s_winner - s_j) >= 0 for every other candidate j.
    Shapes: weights (c,), scores (m, c). Unit of `moved`: share of all weight. Errors: as for `values`.
    Source: Wolters and Mareschal, Novel types of sensitivity analysis, EJOR 81 (1995), pages 281-290.
    """
    others = [one for one in range(_table(scores).shape[0]) if one != winner]
    return _nearest(weights, scores, winner, others)


def dial(first: ArrayLike, second: ArrayLike, scores: ArrayLike) -> tuple[DialStep, ...]:
    """Which candidate comes first as the weights go from the first to the second, and where that turns.

    Formula: V(t) = (1 - t) S w1 + t S w2 is a line for each candidate; winners are the upper envelope on [0, 1].
    Shapes: weights (c,), scores (m, c). Of level candidates the one that rises fastest, then the first, is named.
    Errors: as for `values`.
    Source: de Berg and others, Computational Geometry, 3rd edition 2008, section 11.4 (envelopes of lines).
    """
    start, end = values(first, scores), values(second, scores)
    slope = end - start
    at = 0.0
    winner = max(range(start.size), key=lambda one: (round(float(start[one]), 9), float(slope[one]), -one))
    steps = [DialStep(0.0, winner)]
    while True:
        steeper = [one for one in range(start.size) if slope[one] > slope[winner] + LEVEL]
        meets = {one: float((start[winner] - start[one]) / (slope[one] - slope[winner])) for one in steeper}
        later = {one: when for one, when in meets.items() if at <= when + LEVEL and when <= 1.0}
        if not later:
            return tuple(steps)
        soonest = min(later.values())
        level = [one for one in later if later[one] <= soonest + LEVEL]
        winner = max(level, key=lambda one: (float(slope[one]), -one))
        at = soonest
        steps.append(DialStep(at, winner))


def _nearest(weights: ArrayLike, scores: ArrayLike, winner: int, others: list[int]) -> Flip | None:
    """The linear programme itself: p and n are what each criterion gains and gives up."""
    share, table = shares(weights), _table(scores)
    values(share, table)
    if not others:
        return Flip(winner, 0.0, share)
    ahead = table[others] - table[winner]                      # rows must be <= 0 at the new weights
    count = share.size
    found = linprog(
        np.full(2 * count, 0.5), A_ub=np.hstack([ahead, -ahead]), b_ub=-(ahead @ share),
        A_eq=np.hstack([np.ones((1, count)), -np.ones((1, count))]), b_eq=[0.0],
        bounds=[(0, 1)] * count + [(0, float(one)) for one in share], method="highs",
    )
    if not found.success or found.x is None or found.fun is None:
        return None
    reached = np.clip(share + found.x[:count] - found.x[count:], 0.0, None)
    return Flip(winner, max(0.0, float(found.fun)), np.asarray(reached / reached.sum()))


def _table(scores: ArrayLike) -> Reals:
    table = reals(scores, "Scores")
    if table.ndim != 2 or not table.size:
        raise MethodError("Give scores as rows of candidates and columns of criteria.")
    if np.isnan(table).any():
        raise MethodError("A score is missing. Every candidate needs a score on every criterion.")
    return table
