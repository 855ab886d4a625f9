"""Options on criteria: a rating between agreed ends, weights from swings, what adds up, what beats what on all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.arrays import MethodError, Reals, aligned, reals
from commonweal.methods.flip import LEVEL, shares, values

TOP = 100.0
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ratings:
    """Options on criteria from 0 to 100, each at least, most likely and at most: three arrays of shape (m, c)."""

    low: Reals
    likely: Reals
    high: Reals


@dataclass(frozen=True, slots=True)
class Reversal:
    """With `left_out` gone and the ends drawn anew from the rest, `behind` would come before `ahead`."""

    left_out: int
    ahead: int
    behind: int


def rated(measured: ArrayLike, *, worst: float, best: float) -> Reals:
    """A measure as a rating between its agreed ends.

    Formula: 100 (x - worst) / (best - worst); `best` may be the smaller number. Shapes: any, in the unit of the
    ends. Errors: MethodError where both ends are one number, or a value lies outside them: the ends are agreed
    anew rather than stretched in silence.
    Source: Keeney and Raiffa, Decisions with Multiple Objectives, 1976, chapter 3 (value between fixed anchors).
    """
    if worst == best:
        raise MethodError("The two ends of a scale are the same. Give a worst and a best that differ.")
    found = reals(measured, "Measures")
    outside = found[(found < min(worst, best)) | (found > max(worst, best))]
    if outside.size:
        raise MethodError(
            f"{outside[0]:g} lies outside the ends agreed, {worst:g} to {best:g}. Agree the ends anew, and ask "
            "for the weights again: they were given for the old ends."
        )
    return np.asarray(TOP * (found - worst) / (best - worst))


def ratings(low: ArrayLike, likely: ArrayLike, high: ArrayLike) -> Ratings:
    """Three tables of ratings as one, checked.

    Formula: 0 <= low <= likely <= high <= 100 in every cell. Shapes: (m, c) each. Errors: MethodError where a
    rating is missing, outside 0 to 100 or out of order.
    Source: triangular judgement of a quantity, as in Vose, Risk Analysis, 3rd edition 2008, chapter 14.
    """
    found = [reals(one, "Ratings", low=0.0, high=TOP) for one in (low, likely, high)]
    aligned(low=found[0], likely=found[1], high=found[2])
    if found[1].ndim != 2 or not found[1].size:
        raise MethodError("Give ratings as rows of options and columns of criteria.")
    if any(np.isnan(one).any() for one in found):
        raise MethodError("A rating is missing. Every option needs one on every criterion.")
    if (found[0] > found[1]).any() or (found[1] > found[2]).any():
        raise MethodError("A rating goes up: at least, most likely, at most.")
    return Ratings(*found)


def rank_order_weights(count: int) -> Reals:
    """The middle of all weights that keep an order of importance, first to last.

    Formula: w_k = (1 / c) sum from i = k to c of 1 / i. Shape: (c,), sums to 1. Errors: MethodError below 1.
    Source: Barron and Barrett, Decision quality using ranked attribute weights, Management Science 42 (1996).
    """
    if count < 1:
        raise MethodError("Give at least one criterion.")
    return np.asarray(np.cumsum(1.0 / np.arange(count, 0, -1))[::-1] / count)


def parts(weights: ArrayLike, scores: ArrayLike) -> Reals:
    """What each criterion adds to the value of each option; the rows add up to `flip.values`.

    Formula: w_k s_ik, w as shares. Shapes: weights (c,), scores (m, c) -> (m, c). Errors: as for `flip.values`.
    Source: Keeney and Raiffa, Decisions with Multiple Objectives, 1976, chapter 3.
    """
    values(weights, scores)
    return np.asarray(shares(weights) * reals(scores, "Scores"))


def telling(rating: Ratings) -> Truths:
    """Which criteria tell options apart: False where all are the same on it, without a spread.

    Formula: max over options of high > min over options of low. Shape: (c,).
    Source: von Winterfeldt and Edwards, Decision Analysis and Behavioral Research, 1986, chapter 8.
    """
    return np.asarray(rating.high.max(axis=0) - rating.low.min(axis=0) > LEVEL)


def beats(rating: Ratings) -> Truths:
    """Which option is surely no worse than which on every criterion, and better on one, wherever the truth lies.

    Formula: D_ij where low_ik >= high_jk for all k, and > for some k. Shape: (m, m), row beats column.
    Source: dominance of value intervals, as in Salo and Hamalainen, Operations Research 40 (1992), 1053-61.
    """
    least, most = rating.low[:, None, :], rating.high[None, :, :]
    return np.asarray((least >= most - LEVEL).all(axis=2) & (least > most + LEVEL).any(axis=2))


def worth_their_cost(cost: ArrayLike, value: ArrayLike) -> Truths:
    """Which options no other beats on both cost and value: the line along which more value costs more.

    Formula: i is off the line where some j has cost_j <= cost_i and value_j >= value_i, one of them strictly.
    Shapes: (m,) each; an option whose cost is not known (NaN) is never told as beaten and beats none.
    Source: efficient options, as in Green Book supplementary guidance on multi-criteria decision analysis, 2024.
    """
    spent, gained = reals(cost, "Costs"), reals(value, "Values")
    aligned(costs=spent, values=gained)
    cheaper, better = spent[:, None] <= spent[None, :], gained[:, None] >= gained[None, :] - LEVEL
    strictly = (spent[:, None] < spent[None, :]) | (gained[:, None] > gained[None, :] + LEVEL)
    return np.asarray(~(cheaper & better & strictly).any(axis=0))


def reversals(weights: ArrayLike, scores: ArrayLike) -> tuple[Reversal, ...]:
    """What would turn round if the ends of each scale were drawn from the options that happen to be there.

    With ends agreed beforehand, the order of two options never hangs on a third. Had each scale run from the worst
    to the best option present, leaving one out would stretch the scales, and these pairs would turn.
    Formula: for each option left out, s' = 100 (s - min) / (max - min) over the rest (0 where all are the same);
    pairs with V_a > V_b on the scale of all options and V'_a < V'_b. Shapes: weights (c,), scores (m, c).
    Source: Belton and Gear, On a short-coming of Saaty's method, Omega 11 (1983), pages 228-230.
    """
    values(weights, scores)
    table, share = reals(scores, "Scores"), shares(weights)
    whole = _stretched(table) @ share
    found: list[Reversal] = []
    for gone in range(table.shape[0]):
        rest = [one for one in range(table.shape[0]) if one != gone]
        if len(rest) < 2:
            continue
        left = dict(zip(rest, _stretched(table[rest]) @ share, strict=True))
        found.extend(
            Reversal(gone, ahead, behind) for ahead in rest for behind in rest
            if whole[ahead] > whole[behind] + LEVEL and left[ahead] < left[behind] - LEVEL
        )
    return tuple(found)


def _stretched(table: Reals) -> Reals:
    low, span = table.min(axis=0), np.ptp(table, axis=0)
    return np.asarray(TOP * (table - low) / np.where(span > 0, span, 1.0))
