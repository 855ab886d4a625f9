"""How unequally something is spread over people ranked by deprivation, in one number with its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.arrays import MethodError, Reals, aligned, reals
from commonweal.methods.intervals import z_value


@dataclass(frozen=True, slots=True)
class Slope:
    """Slope and relative index of inequality: the fitted value of the best-off end less, and over, the worst-off.

    Bounds are None without standard errors; those of the ratio also where an end of the line is not above 0.
    """

    sii: float
    sii_lower: float | None
    sii_upper: float | None
    rii: float | None
    rii_lower: float | None
    rii_upper: float | None
    intercept: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """Concentration index: below 0 where it gathers among the worst off, above 0 among the best off.

    `erreygers` and `wagstaff` are for shares bounded by 0 and 1; None where a value lies outside.
    """

    index: float
    lower: float | None
    upper: float | None
    erreygers: float | None
    wagstaff: float | None


def mid_ranks(population: ArrayLike) -> Reals:
    """Each group's mid-point on the scale of people from worst off (0) to best off (1); groups in that order."""
    people = reals(population, "Population", low=0)
    if people.ndim != 1 or not people.sum() > 0:
        raise MethodError("Give the people of each group in order from worst off to best off; nobody is there.")
    share = people / people.sum()
    return np.asarray(np.cumsum(share) - share / 2)


def slope_index(
    values: ArrayLike, population: ArrayLike, *, standard_errors: ArrayLike | None = None, level: float = 0.95
) -> Slope:
    """Slope (SII) and relative (RII) index over groups ordered from worst off to best off.

    Least squares of value on mid-rank weighted by people: SII the slope, RII (intercept + SII)/intercept. Both
    are linear in the values, so the SII's variance is Σ c² se², with no simulation; the RII's is that of its log.
    Errors: fewer than two groups with people, unequal lengths. Source: Low and Low 2004, J Public Health 26:388.
    """
    y, people = reals(values, "Values"), reals(population, "Population", low=0)
    aligned(values=y, population=people)
    rank, share = mid_ranks(people), people / people.sum()
    middle = float((share * rank).sum())
    spread = float((share * (rank - middle) ** 2).sum())
    if spread <= 0:
        raise MethodError("Inequality needs at least two groups with people in them.")
    slope_by = share * (rank - middle) / spread
    start_by = share - middle * slope_by
    sii, start = float(slope_by @ y), float(start_by @ y)
    end = start + sii
    ratio = end / start if start > 0 and end > 0 else None
    if standard_errors is None:
        return Slope(sii, None, None, ratio, None, None, start)
    errors, z = reals(standard_errors, "Standard errors", low=0), z_value(level)
    aligned(values=y, standard_errors=errors)
    half = z * float(np.sqrt((slope_by**2) @ errors**2))
    if ratio is None:
        return Slope(sii, sii - half, sii + half, None, None, None, start)
    log_by = (start_by + slope_by) / end - start_by / start
    stretch = float(np.exp(z * np.sqrt((log_by**2) @ errors**2)))
    return Slope(sii, sii - half, sii + half, ratio, ratio / stretch, ratio * stretch, start)


def concentration(
    values: ArrayLike, population: ArrayLike, *, n: float | None = None, within: ArrayLike | None = None,
    level: float = 0.95,
) -> Concentration:
    """Concentration index of values over groups ordered from worst off to best off: C = (2/μ) Σ f h R - 1.

    Interval, where `n` people were asked: var = (Σ f a² - (1 + C)²)/n, a = h/μ (2R - 1 - C) + 2 - q₋ - q, q the
    cumulative share of h. `within` (g,) is the variance between people of each group, h (1 - h) for a share: it
    adds Σ f σ² (2R - 1 - C)²/(n μ²), without which the interval is far too narrow. The index says nothing of
    inequality within groups. For shares (0-1) Erreygers is 4μC and
    Wagstaff C/(1-μ). Errors: negative values, all values 0, unequal lengths.
    Source: Kakwani, Wagstaff and van Doorslaer 1997; Erreygers 2009, J Health Econ 28:504.
    """
    h, people = reals(values, "Values", low=0), reals(population, "Population", low=0)
    aligned(values=h, population=people)
    rank, share = mid_ranks(people), people / people.sum()
    mean = float(share @ h)
    if not mean > 0:
        raise MethodError("Nothing is there to be spread: every value is 0.")
    index = 2 / mean * float(share @ (h * rank)) - 1
    lower = upper = None
    if n is not None:
        up_to = np.cumsum(share * h) / mean
        a = h / mean * (2 * rank - 1 - index) + 2 - (up_to - share * h / mean) - up_to
        spread = max(float(share @ a**2) - (1 + index) ** 2, 0.0)
        if within is not None:
            inside = reals(within, "Variances within groups", low=0)
            aligned(within=inside, population=people)
            spread += float(share @ (inside * (2 * rank - 1 - index) ** 2)) / mean**2
        half = z_value(level) * float(np.sqrt(spread / n))
        lower, upper = index - half, index + half
    bounded = bool((h <= 1).all())
    return Concentration(
        index, lower, upper, 4 * mean * index if bounded else None,
        index / (1 - mean) if bounded and mean < 1 else None,
    )


def gini(amount: ArrayLike, people: ArrayLike) -> float:
    """Gini coefficient from a histogram: `people` (k,) had `amount` (k,) each, in any order.

    1 - Σ (pᵢ - pᵢ₋₁)(Lᵢ + Lᵢ₋₁), exact for the people given; 0 all alike. Errors: negative numbers, nobody,
    nothing to share, unequal lengths. Source: Gini 1914; Lorenz 1905.
    """
    each, count = reals(amount, "Amounts", low=0), reals(people, "People", low=0)
    aligned(amounts=each, people=count)
    whole = float((each * count).sum())
    if not (count.sum() > 0 and whole > 0):
        raise MethodError("A Gini coefficient needs people and something shared among them.")
    order = np.argsort(each, kind="stable")
    share = count[order] / count.sum()
    held = np.cumsum(each[order] * count[order]) / whole
    return float(1 - (share * (held + np.concatenate(([0.0], held[:-1])))).sum())


def gini_among_residents(among_users: float, reach: float) -> float:
    """Gini over all residents from that among users and the share who use it: 1 - reach (1 - G).

    Errors: either outside 0-1.
    """
    if not (0 <= among_users <= 1 and 0 <= reach <= 1):
        raise MethodError("A Gini coefficient and a reach lie between 0 and 1.")
    return 1 - reach * (1 - among_users)
