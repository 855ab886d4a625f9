"""How far what is spent parts from what is needed, and which areas have need and little in reach."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.arrays import MethodError, Reals, aligned, reals

Places = NDArray[np.int64]


def shares(amounts: ArrayLike, name: str = "Amounts") -> Reals:
    """Each amount as a share of their sum, (g,); they add up to 1.

    Errors: an amount below 0 or not known, or none above 0.
    Source: a definition.
    """
    given = reals(amounts, name, low=0)
    if np.isnan(given).any():
        raise MethodError(f"{name} must all be known before they are shares of a whole.")
    if not given.sum() > 0:
        raise MethodError(f"{name} add up to nothing, so no one of them is a share of it.")
    return np.asarray(given / given.sum())


def dissimilarity(got: ArrayLike, need: ArrayLike) -> float:
    """The share of what is got that would have to go elsewhere for it to lie as need does, from 0 to 1.

    D = ½ Σ |got_g / Σ got - need_g / Σ need| over groups (g,). It says nothing of how much is needed in all.
    Errors: as `shares`; unequal lengths.
    Source: Duncan and Duncan 1955, Am Sociol Rev 20:210.
    """
    one, other = shares(got, "What is got"), shares(need, "Need")
    aligned(got=one, need=other)
    return float(np.abs(one - other).sum() / 2)


def for_its_need(got: ArrayLike, need: ArrayLike) -> Reals:
    """The share got over the share of need, (g,): 1 in proportion, above 1 more; NaN where there is no need.

    Errors: as `dissimilarity`.
    Source: the location quotient, as in Isard 1960, Methods of Regional Analysis, ch. 5.
    """
    one, other = shares(got, "What is got"), shares(need, "Need")
    aligned(got=one, need=other)
    return np.divide(one, other, out=np.full(one.shape, np.nan), where=other > 0)


def weighted_middle(values: ArrayLike, weight: ArrayLike) -> float:
    """The value at which half of the weight lies at or below it.

    Errors: nobody weighs anything, a weight below 0, unequal lengths.
    Source: the weighted median, as in Edgeworth 1888, Phil Mag 25:184.
    """
    given, weights = reals(values, "Values"), reals(weight, "Weights", low=0)
    aligned(values=given, weights=weights)
    known = ~np.isnan(given) & (weights > 0)
    if not known.any():
        raise MethodError("Nothing known has any weight, so there is no middle.")
    order = np.argsort(given[known], kind="stable")
    along = np.cumsum(weights[known][order])
    return float(given[known][order][np.searchsorted(along, along[-1] / 2)])


def four_ways(tenth: ArrayLike, access: ArrayLike, *, in_need: int, least: float) -> Places:
    """1 need and little in reach, 2 need and much, 3 less and little, 4 less and much, 0 not known, (a,).

    Need is a tenth up to `in_need` (1 the greatest); little is none at all, or fewer than `least`.
    Errors: a tenth outside 1 to 10, access below 0, unequal lengths.
    Source: thresholds as stated by whoever calls; a definition.
    """
    need, reach = reals(tenth, "Tenths", low=1, high=10), reals(access, "Access", low=0)
    aligned(tenth=need, access=reach)
    little = (reach <= 0) | (reach < least)
    found = np.where(need <= in_need, np.where(little, 1, 2), np.where(little, 3, 4))
    return np.where(np.isnan(need) | np.isnan(reach), 0, found)
