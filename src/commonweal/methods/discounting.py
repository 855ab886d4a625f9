"""Costs and benefits of later years set beside those of now, as the Green Book asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.arrays import MethodError, Reals, reals

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Worth:
    """An option's money in present pounds: costs, benefits, what is left, the ratio and the level yearly sum.

    `ratio` is None where nothing is spent; `yearly` is the net present value as equal sums at each year's end.
    """

    costs: float
    benefits: float
    net: float
    ratio: float | None
    yearly: float


def factors(schedule: Sequence[tuple[int, float]], years: int) -> Reals:
    """What a pound of year t is worth now: D(0) = 1, D(t) = Π 1/(1 + r(k)) for k = 1..t; (years + 1,).

    `schedule` holds (first year, rate); a rate holds until the next row. Errors: no rate, fewer than 0 or more
    than 1,000 years. Source: HM Treasury, The Green Book, on discounting; tables of the 2026 edition in DfT TAG.
    """
    if not schedule or schedule[0][0] != 1:
        raise MethodError("Give discount rates from year 1 on.")
    if not 0 <= years <= LONGEST:
        raise MethodError(f"Give from 0 to {LONGEST} years; {years} were given.")
    firsts = np.array([first for first, _ in schedule])
    rates = np.array([rate for _, rate in schedule])
    each = rates[np.searchsorted(firsts, np.arange(1, years + 1), side="right") - 1]
    return np.concatenate(([1.0], np.cumprod(1.0 / (1.0 + each))))


def present(amounts: ArrayLike, discount: Reals) -> float:
    """Σ D(t) x(t) of pounds by year (t,), year 0 first. Errors: more years than factors, a year not known."""
    held = reals(amounts, "Amounts")
    if held.ndim != 1 or held.size > discount.size:
        raise MethodError(f"Give one amount a year, for at most {discount.size} years.")
    if np.isnan(held).any():
        raise MethodError("An amount is not known: give 0 where nothing is spent, or say what it is.")
    return float(held @ discount[:held.size])


def level(amount: float, discount: Reals) -> float:
    """A present sum as equal sums at the end of years 1..T: A = P / Σ D(t).

    The equivalent annual cost, by which options that last unequally long are compared. Errors: no year after 0.
    Source: HM Treasury, The Green Book, on equivalent annual cost.
    """
    if discount.size < 2:
        raise MethodError("An equal sum a year needs at least one year after the first.")
    return amount / float(discount[1:].sum())


def worth(costs: ArrayLike, benefits: ArrayLike, discount: Reals) -> Worth:
    """Present costs and benefits of years (t,), benefit less cost, benefit / cost, and the level yearly sum."""
    spent, gained = present(costs, discount), present(benefits, discount)
    ratio = gained / spent if spent > 0 else None
    return Worth(spent, gained, gained - spent, ratio, level(gained - spent, discount))


def biased(cost: float, *, upper: float, mitigated: float = 0.0) -> float:
    """Cost with its allowance for optimism: c (1 + u (1 - m)); u and m are shares of one.

    Errors: a share of it put right outside 0 to 1, an allowance below 0.
    Source: HM Treasury, supplementary guidance on optimism bias; Mott MacDonald 2002.
    """
    if not 0 <= mitigated <= 1:
        raise MethodError("Say what share of the risk has been put right, from 0 to 1.")
    if upper < 0:
        raise MethodError("An allowance for optimism is 0 or more.")
    return cost * (1 + upper * (1 - mitigated))


def switching(net: float, lines: ArrayLike) -> Reals:
    """By what share each line (n,) of present pounds would have to change for the net to be nothing: -net / line.

    Benefits are above 0, costs below. NaN where a line is nothing, for no change in it could matter.
    Source: HM Treasury, The Green Book, on switching values.
    """
    held = reals(lines, "Lines")
    return -net / np.where(held == 0, np.nan, held)


def deserving(incomes: ArrayLike, *, reference: float, elasticity: float = 1.3) -> Reals:
    """What a pound to people of each income (n,) counts: (reference / income)^elasticity.

    Errors: an income or a reference of 0 or below, an elasticity below 0.
    Source: HM Treasury, The Green Book, on distributional weights (1.3).
    """
    held = reals(incomes, "Incomes")
    if not reference > 0 or (held <= 0).any():
        raise MethodError("Incomes must be above 0 for a pound to be weighed by them.")
    if elasticity < 0:
        raise MethodError("The elasticity is 0 or more.")
    return np.asarray((reference / held) ** elasticity, dtype=np.float64)


def felt(change: float, *, people: float, years: float, each: tuple[float, float, float]) -> tuple[float, ...]:
    """Pounds for a measured change in life satisfaction: points x people x years x value, at each value given.

    `change` is on the scale of 0 to 10. Errors: a change beyond 10, people or years below 0.
    Source: HM Treasury, Wellbeing guidance for appraisal, 2021.
    """
    if not -10 <= change <= 10:
        raise MethodError("Life satisfaction is told from 0 to 10, so it changes by 10 at most.")
    if people < 0 or years < 0:
        raise MethodError("People and years are 0 or more.")
    return tuple(change * people * years * value for value in each)
