"""Change over time, with the smallest change that could be told from chance said beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, stdtr, stdtrit

from commonweal.methods.arrays import MethodError, Reals, aligned, checked_level, reals
from commonweal.methods.intervals import z_value

LEAST_POINTS = 3


class Verdict(StrEnum):
    """What can be said of a series."""

    RISING = "rising"
    FALLING = "falling"
    NO_CLEAR_CHANGE = "no_clear_change"  # a change smaller than could be told from chance
    TOO_FEW = "too_few"                  # fewer than three points


class TrendBasis(StrEnum):
    """What the interval of the slope rests on."""

    SAMPLE_SIZES = "sample_sizes"      # binomial variance from n, chi-square for trend
    STANDARD_ERRORS = "standard_errors"
    RESIDUALS = "residuals"            # n unknown: the points' own scatter about the line
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TrendResult:
    """A fitted line over `points` times, in the values' own unit.

    `change` is the line's rise from the first time to the last; `detectable` the least such change that
    could have been told from chance. `p` is two-sided. `excess` is how far the points scatter beyond
    chance about the line (residual chi-square over its degrees of freedom), None on residuals.
    """

    verdict: Verdict
    basis: TrendBasis
    points: int
    slope: float | None
    slope_lower: float | None
    slope_upper: float | None
    change: float | None
    detectable: float | None
    p: float | None
    excess: float | None


@dataclass(frozen=True, slots=True)
class _Line:
    slope: float
    variance: float    # of the slope, where the weights are 1/variance of the values
    scatter: float     # weighted residual sum of squares


@dataclass(frozen=True, slots=True)
class _Doubt:
    half: float        # half the interval of the slope
    p: float
    excess: float | None


def minimum_detectable_change(
    shares: tuple[ArrayLike, ArrayLike], bases: tuple[ArrayLike, ArrayLike], *,
    design_effect: float = 1.0, level: float = 0.95,
) -> Reals:
    """The least change between two surveyed shares (0-1) of their bases that could be told from chance.

    z √(deff (p₁(1-p₁)/n₁ + p₂(1-p₂)/n₂)), z = 1.96 at 0.95. Errors: shares outside 0-1, bases below 1,
    a design effect not above 0. Source: National Indicators 8-11 baselines, 2009 (unpooled form).
    """
    _check_design_effect(design_effect)
    p = [reals(share, "A share", low=0, high=1) for share in shares]
    n = [reals(base, "A base", low=1) for base in bases]
    variance = p[0] * (1 - p[0]) / n[0] + p[1] * (1 - p[1]) / n[1]
    return np.asarray(z_value(level) * np.sqrt(design_effect * variance))


def trend(
    times: ArrayLike, values: ArrayLike, *, standard_errors: ArrayLike | None = None, level: float = 0.95
) -> TrendResult:
    """A straight line through values at times (years, say), and whether it can be told from level.

    With standard errors: weights 1/se², interval from them. Without: equal weights, and the interval is
    that of Student's t on the points' own scatter, which the basis says. Unknown values are left out.
    Errors: unequal lengths, equal times, standard errors not above 0. Source: Draper and Smith 1998, ch. 1-2.
    """
    checked_level(level)
    t, y, errors = _known(times, values, standard_errors)
    if len(t) < LEAST_POINTS:
        return _too_few(len(t))
    if errors is None:
        return _on_residuals(t, y, level)
    line = _line(t, y, 1 / errors**2)
    return _result(line.slope, t, _known_doubt(line, len(t), level), TrendBasis.STANDARD_ERRORS)


def proportion_trend(
    times: ArrayLike, counts: ArrayLike, bases: ArrayLike, *, design_effect: float = 1.0, level: float = 0.95
) -> TrendResult:
    """The trend in shares (0-1) of known bases: chi-square for trend, and the weighted slope's interval.

    p is Cochran and Armitage's: χ² = (Σ n (p - P) (t - T))² / (P(1-P) Σ n (t - T)²) / deff. The slope is
    weighted by n with variance P(1-P)/Σ n (t - T)², so its interval excludes 0 just when p is below 1 - level.
    Errors: counts above bases, bases not above 0. Source: Armitage 1955, Biometrics 11:375.
    """
    checked_level(level)
    t, x, n = _known(times, counts, bases)
    if n is None or (x < 0).any() or (x > n).any():
        raise MethodError("Each count lies between 0 and its base: check that the two are not swapped.")
    _check_design_effect(design_effect)
    if len(t) < LEAST_POINTS:
        return _too_few(len(t))
    pooled = float(x.sum() / n.sum())
    if pooled in (0.0, 1.0):
        return TrendResult(Verdict.NO_CLEAR_CHANGE, TrendBasis.SAMPLE_SIZES, len(t), *(0.0,) * 4, None, 1.0, None)
    unit = design_effect * pooled * (1 - pooled)
    line = _line(t, x / n, n / unit)
    return _result(line.slope, t, _known_doubt(line, len(t), level), TrendBasis.SAMPLE_SIZES)


def standard_error(lower: ArrayLike, upper: ArrayLike, *, level: float = 0.95) -> Reals:
    """The standard error a published interval of that level implies: (upper - lower) / 2z."""
    low, high = reals(lower, "The lower bound"), reals(upper, "The upper bound")
    if (high < low).any():
        raise MethodError("An upper bound lies above its lower bound: check that the two are not swapped.")
    return (high - low) / (2 * z_value(level))


def _check_design_effect(value: float) -> None:
    if not value > 0:
        raise MethodError(f"A design effect is above 0 (1 for a simple random sample); {value:g} was given.")


def _known(
    times: ArrayLike, values: ArrayLike, third: ArrayLike | None
) -> tuple[Reals, Reals, Reals | None]:
    t, y = reals(times, "Times"), reals(values, "Values")
    extra = None if third is None else reals(third, "Standard errors or bases")
    aligned(times=t, values=y, **({} if extra is None else {"others": extra}))
    if len(np.unique(t)) < len(t):
        raise MethodError("Each time may have one value only: one of them is given twice.")
    keep = ~(np.isnan(t) | np.isnan(y) | (np.zeros(len(t), bool) if extra is None else np.isnan(extra)))
    if extra is not None and (extra[keep] <= 0).any():
        raise MethodError("Standard errors and bases must be above 0.")
    order = np.argsort(t[keep])
    return t[keep][order], y[keep][order], None if extra is None else extra[keep][order]


def _line(t: Reals, y: Reals, weights: Reals) -> _Line:
    whole = weights.sum()
    middle, level = (weights * t).sum() / whole, (weights * y).sum() / whole
    spread = (weights * (t - middle) ** 2).sum()
    slope = (weights * (t - middle) * (y - level)).sum() / spread
    scatter = (weights * (y - level - slope * (t - middle)) ** 2).sum()
    return _Line(float(slope), float(1 / spread), float(scatter))


def _known_doubt(line: _Line, points: int, level: float) -> _Doubt:
    half = z_value(level) * float(np.sqrt(line.variance))
    return _Doubt(half, float(chdtrc(1, line.slope**2 / line.variance)), line.scatter / (points - 2))


def _on_residuals(t: Reals, y: Reals, level: float) -> TrendResult:
    line, free = _line(t, y, np.ones(len(t))), len(t) - 2
    error = float(np.sqrt(line.variance * line.scatter / free))
    half = float(stdtrit(free, (1 + level) / 2)) * error
    if error <= 1e-12 * max(float(np.abs(y).max()), 1.0):
        p = 1.0 if abs(line.slope) <= error else 0.0
    else:
        p = 2 * float(stdtr(free, -abs(line.slope) / error))
    return _result(line.slope, t, _Doubt(half, p, None), TrendBasis.RESIDUALS)


def _result(slope: float, t: Reals, doubt: _Doubt, basis: TrendBasis) -> TrendResult:
    length = float(t[-1] - t[0])
    lower, upper = slope - doubt.half, slope + doubt.half
    verdict = Verdict.RISING if lower > 0 else Verdict.FALLING if upper < 0 else Verdict.NO_CLEAR_CHANGE
    return TrendResult(
        verdict, basis, len(t), slope, lower, upper, slope * length, doubt.half * length, doubt.p, doubt.excess
    )


def _too_few(points: int) -> TrendResult:
    return TrendResult(Verdict.TOO_FEW, TrendBasis.NONE, points, None, None, None, None, None, None, None)
