"""Confidence intervals of counts, proportions and rates, so that no number is shown without its doubt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtri, ndtri

from commonweal.methods.arrays import MethodError, Reals, aligned, checked_level, reals

EXACT_BELOW = 10  # counts below this take the exact interval, the rest Byar's


@dataclass(frozen=True, slots=True)
class Estimates:
    """Values with their bounds, one an area, in one unit; `method` names the interval."""

    value: Reals
    lower: Reals
    upper: Reals
    method: Literal["wilson", "byar", "exact", "exact or byar", "dobson"]
    level: float

    def per(self, people: float) -> Self:
        """The same per so many people instead of each."""
        scaled = {name: getattr(self, name) * people for name in ("value", "lower", "upper")}
        return replace(self, **scaled)


def z_value(level: float = 0.95) -> float:
    """The two-sided normal deviate of a confidence level: 1.959964 at 0.95. Errors: level outside (0, 1)."""
    return float(ndtri((1 + checked_level(level)) / 2))


def wilson(count: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> tuple[Reals, Reals]:
    """Wilson score bounds of a proportion, as shares of 1.

    (2x + z² ∓ z √(z² + 4x(1 - x/n))) / 2(n + z²), shapes broadcast, NaN where n is 0 or unknown.
    Errors: a count below 0 or above n. Source: Wilson 1927; Newcombe 1998, Stat Med 17:857.
    """
    x, base = np.broadcast_arrays(reals(count, "The count", low=0), reals(n, "The base", low=0))
    if (x > base).any():
        raise MethodError("A count cannot be above its base: check that the two columns are not swapped.")
    z = z_value(level)
    base = np.where(base > 0, base, np.nan)
    spread = z * np.sqrt(z * z + 4 * x * (1 - x / base))
    middle, scale = 2 * x + z * z, 2 * (base + z * z)
    return np.maximum((middle - spread) / scale, 0.0), np.minimum((middle + spread) / scale, 1.0)


def byar(count: ArrayLike, *, level: float = 0.95) -> tuple[Reals, Reals]:
    """Byar's bounds of a Poisson count.

    x (1 - 1/9x - z/3√x)³ and (x+1) (1 - 1/9(x+1) + z/3√(x+1))³; lower is 0 at a count of 0.
    Errors: a count below 0. Source: Breslow and Day 1987, IARC 82:69.
    """
    x, z = reals(count, "The count", low=0), z_value(level)
    safe, more = np.where(x > 0, x, 1.0), x + 1
    lower = safe * np.maximum(1 - 1 / (9 * safe) - z / (3 * np.sqrt(safe)), 0.0) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return np.where(np.isnan(x), np.nan, np.where(x > 0, lower, 0.0)), upper


def exact_poisson(count: ArrayLike, *, level: float = 0.95) -> tuple[Reals, Reals]:
    """Exact bounds of a Poisson count: ½χ²(a/2; 2x) and ½χ²(1 - a/2; 2x + 2), a = 1 - level.

    Errors: a count below 0. Source: Garwood 1936, Biometrika 28:437.
    """
    x, tail = reals(count, "The count", low=0), (1 - checked_level(level)) / 2
    lower = np.where(x > 0, chdtri(np.where(x > 0, 2 * x, 1.0), 1 - tail) / 2, 0.0)
    return np.where(np.isnan(x), np.nan, lower), np.asarray(chdtri(2 * x + 2, tail) / 2)


def poisson(count: ArrayLike, *, level: float = 0.95) -> tuple[Reals, Reals]:
    """Exact bounds below 10 events, Byar's from 10. Errors: a count below 0. Source: PHE technical guide 2018."""
    x = reals(count, "The count", low=0)
    small = x < EXACT_BELOW
    (low_exact, high_exact), (low_byar, high_byar) = exact_poisson(x, level=level), byar(x, level=level)
    return np.where(small, low_exact, low_byar), np.where(small, high_exact, high_byar)


def proportion(count: ArrayLike, n: ArrayLike, *, level: float = 0.95, per: float = 100) -> Estimates:
    """Proportions `per` hundred (or 1) with Wilson bounds; NaN where the base is 0 or unknown.

    Errors: a count below 0 or above its base, or shapes that differ.
    """
    x, base = reals(count, "The count", low=0), reals(n, "The base", low=0)
    aligned(count=x, base=base)
    lower, upper = wilson(x, base, level=level)
    value = x / np.where(base > 0, base, np.nan)
    return Estimates(value, lower, upper, "wilson", level).per(per)


def rate(events: ArrayLike, people: ArrayLike, *, level: float = 0.95, per: float = 100_000) -> Estimates:
    """Crude rates of independent events `per` so many people, exact below 10 events and Byar's from 10.

    For visits, where one person is many events, use `standardise.repeated_events_rate`.
    Errors: negative events or people, or shapes that differ. NaN where there are no people.
    """
    x, base = reals(events, "Events", low=0), reals(people, "People", low=0)
    aligned(events=x, people=base)
    lower, upper = poisson(x, level=level)
    base = np.where(base > 0, base, np.nan)
    return Estimates(x / base, lower / base, upper / base, "exact or byar", level).per(per)
