"""Programmes beside each other: each drawn towards all by how little it can tell, before any is compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.arrays import MethodError, Reals, aligned, reals
from commonweal.methods.intervals import z_value

LEAST = 4


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Each programme's value drawn in, with its bounds (n,), the mean of all, and the variance between them."""

    value: Reals
    lower: Reals
    upper: Reals
    kept: Reals
    middle: float
    between: float


def shrunk(values: ArrayLike, variances: ArrayLike, *, level: float = 0.95) -> Shrunk:
    """Empirical Bayes, normal with normal: m + (1-B)(y - m), B = (k-3)/(k-1) · v/(v+τ²).

    `values` (k,) in one unit, `variances` the squared standard errors. τ² by DerSimonian and Laird, m weighed by
    1/(v+τ²); `kept` is 1-B. With equal variances this is the James-Stein estimate towards the mean. Bounds are
    ± z√((1-B)v). Errors: fewer than four programmes, a variance of 0 or less, unknown values.
    Source: Efron and Morris 1975, JASA 70:311; Morris 1983, JASA 78:47; DerSimonian and Laird 1986.
    """
    y, v = reals(values, "The values"), reals(variances, "The variances")
    aligned(values=y, variances=v)
    if len(y) < LEAST:
        raise MethodError(f"Drawing programmes together takes at least {LEAST} of them.")
    if np.isnan(y).any() or np.isnan(v).any() or (v <= 0).any():
        raise MethodError("Every programme needs a value, and a variance above 0.")
    w, k = 1 / v, len(y)
    q = float((w * (y - (w @ y) / w.sum()) ** 2).sum())
    between = max(0.0, (q - (k - 1)) / float(w.sum() - (w @ w) / w.sum()))
    weight = 1 / (v + between)
    middle = float(weight @ y / weight.sum())
    drawn = (k - 3) / (k - 1) * v * weight
    half = z_value(level) * np.sqrt((1 - drawn) * v)
    value = middle + (1 - drawn) * (y - middle)
    return Shrunk(value, value - half, value + half, 1 - drawn, middle, between)
