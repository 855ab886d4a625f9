"""Options of a sheet brought to present pounds: what each is worth, and how firm that is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import numpy as np

from commonweal.methods.arrays import Reals
from commonweal.methods.discounting import Worth, biased, deserving, factors, felt, present, switching, worth
from commonweal.policy.green_book import Edition, RateTest, green_book

NEED_SHARE = 0.2  # of people: the fifth of neighbourhoods where need is greatest


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the sums take it: pounds in each year first to last; wellbeing has points and people instead."""

    id: UUID
    cost: bool
    kind: str
    kind_title: str
    title: str
    first: int
    last: int
    pounds: float
    vat: str
    optimism: str
    mitigated: int
    to_need: int | None
    points: float | None
    people: int | None
    source: str

    @property
    def wellbeing(self) -> bool:
        """Whether it is worth what a point of life satisfaction is."""
        return self.kind == "wellbeing"


@dataclass(frozen=True, slots=True)
class Option:
    """An option and its lines."""

    id: UUID
    title: str
    baseline: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all options of a sheet. Incomes are of the middle, of those in need, of others."""

    years: int
    price_year: int
    edition: Edition
    incomes: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Gain:
    """Present benefits that reach people where need is greatest: pounds, of how much, and weighted by income."""

    in_need: float
    of: float
    unsaid: float
    weighted: float | None


@dataclass(frozen=True, slots=True)
class Valued:
    """An option in present pounds; `ends` is its net at the low and high value of wellbeing."""

    option: Option
    worth: Worth
    ends: tuple[float, float]
    by_year: tuple[Reals, Reals]
    tests: dict[str, float | None]
    gain: Gain
    each: Reals


@dataclass(frozen=True, slots=True)
class Turn:
    """A line, its present pounds, and by what share it would have to change for the answer to change."""

    line: Line
    present: float
    share: float


def valued(option: Option, terms: Terms) -> Valued:
    """Everything about one option."""
    discount = factors(terms.edition.standard, terms.years)
    held = [(line, amounts(line, terms)) for line in option.lines]
    costs, benefits = _sides(held, terms)
    ends = [
        _net([(line, amounts(line, terms, at=at)) for line in option.lines], terms, discount) for at in (0, 2)
    ]
    each = np.array([(-1 if line.cost else 1) * present(one, discount) for line, one in held])
    return Valued(
        option, worth(costs, benefits, discount), (ends[0], ends[1]), (costs, benefits),
        _tested(held, terms, costs, benefits), _gain(held, terms, discount), each,
    )


def amounts(line: Line, terms: Terms, *, at: int = 1) -> Reals:
    """Pounds by year (years + 1,), optimism added; wellbeing at its low (0), middle or high (2) value."""
    book = green_book()
    pounds = line.pounds
    if line.wellbeing:
        values = wellbeing_value(terms.price_year)
        pounds = felt(line.points or 0, people=line.people or 0, years=1, each=values)[at]
    elif line.cost:
        upper = book.allowance(line.optimism).upper / 100
        pounds = biased(pounds, upper=upper, mitigated=line.mitigated / 100)
    found = np.zeros(terms.years + 1)
    found[line.first:line.last + 1] = pounds
    return found


def wellbeing_value(price_year: int) -> tuple[float, float, float]:
    """Pounds for a point of life satisfaction for a year, in the prices of a year or the last year held."""
    book = green_book()
    year = min(max(price_year, min(book.deflators)), max(book.deflators))
    low, middle, high = (
        book.in_prices_of(one, was=book.wellbeing.price_year, now=year)
        for one in (book.wellbeing.low, book.wellbeing.middle, book.wellbeing.high)
    )
    return low, middle, high


def tests(terms: Terms) -> tuple[RateTest, ...]:
    """The other rates that are known for as many years as the sheet has."""
    return tuple(one for one in green_book().tests if one.upto >= terms.years)


def alike(terms: Terms) -> tuple[Edition, ...]:
    """Other editions whose rates are the same for as many years as the sheet has."""
    mine = factors(terms.edition.standard, terms.years)
    return tuple(
        one for one in green_book().editions
        if one.key != terms.edition.key and np.array_equal(factors(one.standard, terms.years), mine)
    )


def turns(best: Valued, margin: float) -> tuple[Turn, ...]:
    """By what share each line of the best option would have to change to lose its margin; the likeliest first."""
    shares = switching(margin, best.each)
    found = [
        Turn(line, float(value), float(share))
        for line, value, share in zip(best.option.lines, best.each, shares, strict=True) if not np.isnan(share)
    ]
    return tuple(sorted(found, key=lambda one: abs(one.share)))


def _sides(held: list[tuple[Line, Reals]], terms: Terms) -> tuple[Reals, Reals]:
    nothing = np.zeros(terms.years + 1)
    costs = sum((one for line, one in held if line.cost), nothing)
    return costs, sum((one for line, one in held if not line.cost), nothing)


def _net(held: list[tuple[Line, Reals]], terms: Terms, discount: Reals) -> float:
    costs, benefits = _sides(held, terms)
    return present(benefits, discount) - present(costs, discount)


def _tested(
    held: list[tuple[Line, Reals]], terms: Terms, costs: Reals, benefits: Reals
) -> dict[str, float | None]:
    """The net at each other rate, undiscounted, and with wellbeing at the rate for health."""
    found: dict[str, float | None] = {}
    for one in tests(terms):
        found[one.key] = _net(held, terms, factors(one.standard, terms.years))
    found["none"] = float(benefits.sum() - costs.sum())
    if terms.edition.health and any(line.wellbeing for line, _ in held):
        usual, health = (factors(one, terms.years) for one in (terms.edition.standard, terms.edition.health))
        felt_so = sum((one for line, one in held if line.wellbeing), np.zeros(terms.years + 1))
        found["health"] = _net(held, terms, usual) + present(felt_so, health) - present(felt_so, usual)
    return found


def _gain(held: list[tuple[Line, Reals]], terms: Terms, discount: Reals) -> Gain:
    in_need = unsaid = of = 0.0
    for line, one in held:
        if line.cost or line.kind in ("income", "saving"):
            continue
        value = present(one, discount)
        of += value
        if line.to_need is None:
            unsaid += value
        else:
            in_need += value * line.to_need / 100
    weighted = None
    if terms.incomes is not None and of and not unsaid:
        middle, need, others = terms.incomes
        weight = deserving([need, others], reference=middle, elasticity=green_book().elasticity[1])
        weighted = float(weight @ np.array([in_need, of - in_need]))
    return Gain(in_need, of, unsaid, weighted)
