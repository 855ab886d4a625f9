"""What if the price were another: people, income and subsidy, under weak to strong answers to a price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.methods.arrays import MethodError
from commonweal.methods.benefit import Between
from commonweal.methods.whatif import (
    Elasticity,
    Policy,
    Result,
    Service,
    Trade,
    as_it_is,
    frontier,
    priced,
    service,
    trades,
)
from commonweal.needs.content import read
from commonweal.needs.queries.benefit import Benefit
from commonweal.needs.queries.benefit_money import OUTSIDE, UNKNOWN
from commonweal.policy.price_answers import price_answers

WITHOUT_LIMIT = 1000  # times the people: those who live elsewhere or nobody knows where are not held to a number


@dataclass(frozen=True, slots=True)
class Asked:
    """Per cent on the price for everybody, and (None: the same) in so many of the most deprived tenths."""

    everybody: int
    in_need: int | None
    tenths: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What a scenario comes to: people who live here and come, those of them in need, visits, pounds."""

    people: float
    in_need: float
    visits: float
    income: float
    subsidy: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Today, the change under a middling answer, and under every answer thought possible."""

    asked: Asked
    now: Totals
    middle: Totals
    every: tuple[Totals, ...]
    policies: tuple[Policy, ...]
    needs_led: tuple[Trade, ...]
    universal: tuple[Trade, ...]

    @property
    def as_good(self) -> Trade | None:
        """The needs-led prices that reach most in need for no less income than today's, by a middling answer."""
        enough = [one for one in self.needs_led if one.income[0] >= self.now.income]
        return max(enough, key=lambda one: one.reached[0], default=None)

    def between(self, name: str) -> Between:
        """The least and the most of one total over the answers."""
        values = [getattr(one, name) for one in self.every]
        return Between(min(values), max(values))


@dataclass(frozen=True, slots=True)
class _Known:
    """The service by tenth and, last, everybody else; which groups are in need, and which live here."""

    now: Service
    need: np.ndarray
    here: np.ndarray


def asked_for(everybody: str, in_need: str, tenths: str) -> Asked:
    """What was asked, or what is asked first where it makes no sense."""
    rule = read("what_if")
    first = rule["first"]
    all_of = [str(one) for one in rule["everybody"]]
    lower = [str(one) for one in rule["in_need"]]
    return Asked(
        int(everybody) if everybody in all_of else first["everybody"],
        None if in_need == "same" else int(in_need) if in_need in lower else first["in_need"],
        int(tenths) if tenths in [str(one) for one in rule["tenths"]] else first["tenths"],
    )


def what_if(found: Benefit, asked: Asked) -> WhatIf | None:
    """What the change comes to; nothing where people, visits or prices are not known well enough."""
    try:
        known = _known(found, asked.tenths)
        return _answered(known, asked) if known else None
    except MethodError:
        return None


def _answered(known: _Known, asked: Asked) -> WhatIf:
    rule = read("what_if")
    lower = asked.everybody if asked.in_need is None else asked.in_need
    price = known.now.price * np.where(known.need, 1 + lower / 100, 1 + asked.everybody / 100)
    held = price_answers()
    answers = {one.key: Elasticity(one.people, one.visits) for one in held.answers}
    middle = answers[held.middle.key]
    results = {key: _totals(known, priced(known.now, price, how)) for key, how in answers.items()}
    weight = known.here.astype(np.float64)
    tried = frontier(known.now, need=known.need, how=middle, factors=rule["factors"], weight=weight)
    first = (middle, *(how for how in answers.values() if how is not middle))
    led, alike = trades(known.now, need=known.need, answers=first, factors=rule["factors"])
    return WhatIf(
        asked, _totals(known, as_it_is(known.now)), results[held.middle.key], tuple(results.values()), tried, led,
        alike,
    )


def _known(found: Benefit, most: int) -> _Known | None:
    money, tenths = found.money, found.tenths
    if money is None or tenths is None or found.spread is None:
        return None
    groups = [one for one in tenths.groups if one.people and money.came[int(one.label) - 1] > 0]
    rows = [int(one.label) - 1 for one in groups]
    rest = [at for at in range(12) if at not in rows and (at in (OUTSIDE, UNKNOWN) or money.came[at] > 0)]
    came = [*(money.came[at] for at in rows), sum(money.came[at] for at in rest)]
    paid = [*(money.paid[at] for at in rows), sum(money.paid[at] for at in rest)]
    others = came[-1] / found.spread.mean
    people = np.array([*(float(one.people or 0) for one in groups), others])
    live = np.array([*(float(max(one.residents, one.people or 0)) for one in groups), WITHOUT_LIMIT * others])
    visits = np.array(came)
    price = np.divide(np.array(paid), visits, out=np.zeros_like(visits), where=visits > 0)
    here = np.array([True] * len(rows) + [False])
    need = np.array([at < most for at in rows] + [False])
    fixed = float(sum(one.gross for one in money.sites))
    return _Known(service(live, people, visits, price, fixed=fixed), need, here)


def _totals(known: _Known, result: Result) -> Totals:
    return Totals(
        float(result.people[known.here].sum()), float(result.people[known.need].sum()),
        float(result.visits.sum()), result.earned, result.subsidy,
    )
