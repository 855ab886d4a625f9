"""The middle of a few skewed values, such as prices, with an interval that supposes nothing of their shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr

from commonweal.methods.arrays import MethodError, checked_level, reals


@dataclass(frozen=True, slots=True)
class Middle:
    """The median, its bounds (None where too few values can give any), and how sure the bounds truly are."""

    value: float
    lower: float | None
    upper: float | None
    n: int
    level: float | None


def middle(values: ArrayLike, *, level: float = 0.95) -> Middle:
    """The median and its distribution-free interval by order statistics.

    With values sorted x(1) ≤ ... ≤ x(n), [x(k), x(n-k+1)] holds the median with chance 1 - 2 B(k-1; n, 1/2), B the
    binomial distribution function; the largest k that keeps the chance at `level` or above is taken. Values: one
    dimension, any unit, the same out. Below six values no such interval reaches 95%: bounds are None.
    Errors: no value, or one that is missing. Source: Conover 1999, Practical Nonparametric Statistics, 3.2.
    """
    found = np.sort(reals(values, "The values").ravel())
    wanted, n = checked_level(level), found.size
    if n == 0 or np.isnan(found).any():
        raise MethodError("A middle needs one value at least, and none that is missing.")
    ranks = np.arange(1, n // 2 + 1)
    chances = 1 - 2 * bdtr(ranks - 1, n, 0.5)
    good = np.flatnonzero(chances >= wanted)
    if not good.size:
        return Middle(float(np.median(found)), None, None, n, None)
    k = int(ranks[good[-1]])
    return Middle(float(np.median(found)), float(found[k - 1]), float(found[n - k]), n, float(chances[k - 1]))
