"""The sums of a bid: how the plan may go, what a point of quality is worth, and what reserves could bear."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from commonweal.methods.bid_price import highest_price
from commonweal.methods.contract_risk import Bearing, Uncertain, bearing, draw, settle
from commonweal.methods.sharing_rule import fixed_price
from commonweal.options.carrying import RUNS, together
from commonweal.options.money_content import case_kinds, scenarios


@dataclass(frozen=True, slots=True)
class Plan:
    """A contract as planned; pounds a year. `home` is what the rest of the trust makes or loses a year."""

    years: int
    income: float
    staff: float
    other: float
    price: float
    reserves: float
    least: float
    home: float
    seed: int

    @property
    def result(self) -> float:
        """What is left a year as planned."""
        return self.income + self.price - self.staff - self.other


@dataclass(frozen=True, slots=True)
class Gone:
    """How a plan went: a year's result, all years', when reserves are out, and the subsidy then."""

    title: str
    yearly: float
    whole: float
    runs_out: int | None
    subsidy: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the contract goes over many draws, alone and together with the rest of the trust."""

    contract: Bearing
    chance_of_loss: float


@dataclass(frozen=True, slots=True)
class Price:
    """The highest price that still wins against a rival: None where none does, inf where any does."""

    highest: float | None
    asked: float
    rival: float


def gone(plan: Plan) -> tuple[Gone, ...]:
    """Each scenario of the content, worked out on the plan."""
    found = []
    for one in scenarios():
        yearly = (
            plan.income * (1 + one.income)
            + plan.price
            - plan.staff * (1 + one.staff)
            - plan.other * (1 + one.other)
        )
        found.append(_through(plan, one.title, yearly))
    return tuple(found)


def _through(plan: Plan, title: str, yearly: float) -> Gone:
    """The years one after another: from when on reserves lie under their least, and what it takes to mend that."""
    standing, out = plan.reserves, None
    for year in range(1, plan.years + 1):
        standing += yearly + plan.home
        if standing < plan.least and out is None:
            out = year
    return Gone(title, yearly, yearly * plan.years, out, max(plan.least - standing, 0.0))


@lru_cache(maxsize=32)
def drawing(plan: Plan) -> Drawing:
    """The contract drawn with the spreads of its kinds of line, all risk the trust's. Errors: MethodErrors."""
    kinds = case_kinds()
    lines = tuple(
        Uncertain(pounds, kind.yearly, kind.level, kind.persists, 0.0, kind.every)
        for pounds, kind in (
            (plan.income, kinds["income"]),
            (-plan.staff, kinds["staff"]),
            (-plan.other, kinds["other"]),
        )
    )
    drawn = draw(lines, years=plan.years, runs=RUNS, seed=plan.seed, together=together(len(lines)))
    own = settle(drawn, fixed_price(), margin=plan.result).operator
    whole = own + own.dtype.type(plan.home)
    return Drawing(bearing(whole, reserves=plan.reserves, least=plan.least), float((own.sum(axis=1) < 0).mean()))


def price_edge(
    *, price: float, quality: float | None, rival_quality: float | None, rival_price: float | None, weight: float
) -> Price | None:
    """What price would still win; nothing where the rival or one's own score is not known."""
    if quality is None or rival_quality is None or rival_price is None or price <= 0:
        return None
    most = highest_price(
        quality=quality, rival_quality=rival_quality, rival_price=rival_price, quality_weight=weight
    )
    return Price(most, price, rival_price)
