"""Several estimates of one thing into one: each by what it is worth, and how far they differ beyond chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from commonweal.methods.arrays import MethodError, Reals, aligned, reals
from commonweal.methods.intervals import z_value


@dataclass(frozen=True, slots=True)
class Together:
    """The pooled value and its bounds; `weights` (k,) of 1; Q on k - 1 degrees, its `chance`, I² and τ²."""

    value: float
    lower: float
    upper: float
    error: float
    weights: Reals
    q: float
    chance: float
    share: float
    between: float


def pooled_inverse_variance(
    values: ArrayLike, variances: ArrayLike, *, between: bool = False, level: float = 0.95
) -> Together:
    """Inverse-variance mean: Σ w y / Σ w, w = 1/v; with `between`, w = 1/(v + τ²) by DerSimonian and Laird.

    Q = Σ (y - ȳ)²/v about the fixed mean; I² = max(0, (Q - (k-1))/Q); τ² = max(0, (Q - (k-1)) / (Σw - Σw²/Σw)).
    `values`, `variances` (k,), k ≥ 1. Errors: unequal lengths, a variance of 0 or below.
    Source: Cochran 1954, Biometrics 10:101; DerSimonian and Laird 1986, Controlled Clinical Trials 7:177.
    """
    y, v = reals(values, "Values"), reals(variances, "Variances")
    aligned(values=y, variances=v)
    if not y.size or not (v > 0).all():
        raise MethodError("Pooling needs estimates, each with a variance above 0.")
    w = 1 / v
    mean = float(w @ y / w.sum())
    q, free = float(w @ (y - mean) ** 2), y.size - 1
    scale = float(w.sum() - (w @ w) / w.sum())
    tau = max(0.0, (q - free) / scale) if free and scale > 0 else 0.0
    used = 1 / (v + tau) if between else w
    value, error = float(used @ y / used.sum()), float(np.sqrt(1 / used.sum()))
    reach = z_value(level) * error
    return Together(
        value, value - reach, value + reach, error, used / used.sum(), q,
        float(chdtrc(free, q)) if free else 1.0, max(0.0, (q - free) / q) if q > 0 else 0.0, tau,
    )


def pooled_shares(shares: ArrayLike, worth: ArrayLike, *, level: float = 0.95) -> Together:
    """Shares of 1 from surveys worth so many answers each: weighted by that worth, wider where they differ.

    Each variance is p̃(1 - p̃)/n with p̃ the share over all (one answer added each way, so that 0 and 1 have one),
    so the weights follow the effective sizes. Where Q is beyond chance (below 0.10) the weights take τ² in.
    `shares`, `worth` (k,). Errors: shares outside 0 to 1, a worth of 0.
    Source: Cochran 1954, Biometrics 10:101; Kish 1965, Survey Sampling.
    """
    p, n = reals(shares, "Shares", low=0, high=1), reals(worth, "Effective answers", low=0)
    aligned(shares=p, worth=n)
    if not p.size or not (n > 0).all():
        raise MethodError("Pooling needs surveys that are worth some answers.")
    over_all = float((p @ n + 1) / (n.sum() + 2))
    variances = over_all * (1 - over_all) / n
    fixed = pooled_inverse_variance(p, variances, level=level)
    found = pooled_inverse_variance(p, variances, between=True, level=level) if fixed.chance < BEYOND else fixed
    return Together(
        found.value, max(0.0, found.lower), min(1.0, found.upper), found.error, found.weights, found.q,
        found.chance, found.share, found.between if found is not fixed else 0.0,
    )


BEYOND = 0.10  # a chance below which surveys are said to differ: Q is weak with few of them
