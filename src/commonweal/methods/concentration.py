"""How far money hangs on few: concentration, what is left when one giver stops, and a pot shared out exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.arrays import MethodError, aligned, reals

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Concentration:
    """`index` from 1/n to 1, the number of equal parts that would be as concentrated, and the largest share."""

    index: float
    equal_parts: float
    largest: float


def concentration(amounts: ArrayLike) -> Concentration:
    """Herfindahl-Hirschman index of amounts of money, pounds, shape (n,), each 0 or more and one above 0.

    H = Σ sᵢ², sᵢ = xᵢ / Σx. 1 where one gives all, 1/n where n give alike; 1/H is the number of equal parts that
    would give the same H. Errors: nothing above 0, a negative or unknown amount.
    Source: Hirschman (1964), The Paternity of an Index, American Economic Review 54(5); the reciprocal as "numbers
    equivalent": Adelman (1969), Review of Economics and Statistics 51(1).
    """
    x = reals(amounts, "Amounts", low=0)
    if np.isnan(x).any() or not x.sum() > 0:
        raise MethodError("Give at least one amount above 0, and none that is not known.")
    shares = x / x.sum()
    index = float((shares**2).sum())
    return Concentration(index, 1 / index, float(shares.max()))


@dataclass(frozen=True, slots=True)
class Loss:
    """What one giver's stop would do: its share of income, and months for which reserves replace what is lost."""

    share: float
    months: float
    falls: bool


def if_one_stops(
    given: ArrayLike, income: ArrayLike, reserves: ArrayLike, *, share: float = 0.25, months: float = 3
) -> tuple[Loss, ...]:
    """For each organisation, shape (n,), pounds a year: what follows where the money `given` by one giver stops.

    share = given / income; months = 12 · reserves / given (infinite where nothing is given). It `falls` where the
    share is at least `share` and reserves replace it for fewer than `months` months. Where reserves are not known
    (NaN) months are NaN and it is taken to fall by its share alone. Income below what is given is taken as what is
    given. A screening rule with stated thresholds, not a forecast: costs that would stop too are left out.
    Errors: shapes that differ, amounts below 0. Source: own rule; free reserves in months of spending as in the
    Charity Commission's guidance on reserves, CC19 (2016, updated 2023).
    """
    g, i, r = reals(given, "Given", low=0), reals(income, "Income", low=0), reals(reserves, "Reserves", low=0)
    aligned(given=g, income=i, reserves=r)
    base = np.fmax(i, g)
    part = np.divide(g, base, out=np.zeros_like(g), where=base > 0)
    lasts = np.divide(MONTHS * r, g, out=np.full_like(g, np.inf), where=g > 0)
    falls = (part >= share) & ~(lasts >= months)
    return tuple(Loss(float(a), float(b), bool(c)) for a, b, c in zip(part, lasts, falls, strict=True))


def apportion(pot: int, weights: Sequence[float]) -> tuple[int, ...]:
    """A pot of whole pence shared by weights so that the parts add up to it exactly; shape (n,).

    Largest remainders: each gets ⌊pot · wᵢ / Σw⌋, and what is left goes by a penny to the largest remainders, the
    first in order where they tie. Errors: a pot below 0, a weight below 0, no weight above 0.
    Source: Hamilton's method; Balinski and Young (1982), Fair Representation.
    """
    w = reals(weights, "Weights", low=0)
    if pot < 0 or np.isnan(w).any() or not w.sum() > 0:
        raise MethodError("Give a pot of 0 or more and at least one weight above 0.")
    exact = [pot * float(one) / float(w.sum()) for one in w]
    parts = [int(one) for one in exact]
    left = pot - sum(parts)
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[:left]:
        parts[at] += 1
    return tuple(parts)
