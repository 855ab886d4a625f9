"""The Green Book's rates and values by edition, as dated and cited data, so that a sum can be done as of any."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

CHECKS = ("seen", "second-hand", "unchecked")
WARNING = "unchecked - confirm with your finance officer"

Schedule = tuple[tuple[int, float], ...]


class GreenBookWrong(ValueError):
    """A row that does not fit; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition's discount rates: each row a first year and its rate. `health` is empty where none is known."""

    key: str
    title: str
    published: str
    standard: Schedule
    health: Schedule
    source: str
    address: str
    verification: str

    @property
    def warning(self) -> str:
        """What must stand beside a result that rests on rows nobody has checked."""
        return WARNING if self.verification == "unchecked" else ""


@dataclass(frozen=True, slots=True)
class RateTest:
    """Other rates to see whether the answer holds; never the ones to decide by. Known up to year `upto`."""

    key: str
    title: str
    says: str
    standard: Schedule
    upto: int
    source: str
    verification: str


@dataclass(frozen=True, slots=True)
class Optimism:
    """By how much, per cent, cost of a kind of work has been put too low: at worst and at best."""

    key: str
    title: str
    upper: float
    lower: float
    verification: str


@dataclass(frozen=True, slots=True)
class Wellbeing:
    """Pounds for one point of life satisfaction for one person for one year, in the prices of a year."""

    price_year: int
    low: float
    middle: float
    high: float
    rate_note: str
    source: str
    verification: str


@dataclass(frozen=True, slots=True)
class GreenBook:
    """All that is held."""

    current: str
    editions: tuple[Edition, ...]
    tests: tuple[RateTest, ...]
    optimism: tuple[Optimism, ...]
    optimism_source: str
    elasticity: tuple[float, float, float]
    wellbeing: Wellbeing
    deflators: dict[int, float]

    def edition(self, key: str) -> Edition:
        """The edition of a key; GreenBookWrong where there is none."""
        for one in self.editions:
            if one.key == key:
                return one
        held = ", ".join(one.key for one in self.editions)
        raise GreenBookWrong(f"There is no edition {key}. There are {held}.")

    def allowance(self, key: str) -> Optimism:
        """The allowance of a key; GreenBookWrong where there is none."""
        for one in self.optimism:
            if one.key == key:
                return one
        raise GreenBookWrong(f"There is no allowance called {key}.")

    def in_prices_of(self, pounds: float, *, was: int, now: int) -> float:
        """Pounds of one year in another's prices by the GDP deflator; GreenBookWrong where a year is not held."""
        for year in (was, now):
            if year not in self.deflators:
                held = f"{min(self.deflators)} to {max(self.deflators)}"
                raise GreenBookWrong(f"No deflator is held for {year}. Those held are {held}.")
        return pounds * self.deflators[now] / self.deflators[was]


@cache
def green_book() -> GreenBook:
    """What the data file holds."""
    text = (files("commonweal.policy") / "data" / "green_book.yaml").read_text(encoding="utf-8")
    return green_book_of(yaml.safe_load(text))


def green_book_of(content: dict[str, Any]) -> GreenBook:
    """The parameters of a file's content; GreenBookWrong where a row does not fit."""
    editions = tuple(_edition(row) for row in content["editions"])
    if content["current"] not in {one.key for one in editions}:
        raise GreenBookWrong(f"The current edition {content['current']} is not among the editions.")
    worth = content["wellbeing"]
    if not worth["low"] <= worth["middle"] <= worth["high"]:
        raise GreenBookWrong("The wellbeing value must lie between its low and its high value.")
    spread = content["income_elasticity"]
    return GreenBook(
        content["current"], editions, tuple(_test(row) for row in content["tests"]),
        tuple(Optimism(**row) for row in content["optimism"]), content["optimism_source"],
        (spread["low"], spread["value"], spread["high"]),
        Wellbeing(**{name: worth[name] for name in Wellbeing.__slots__}),
        {int(year): float(value) for year, value in content["deflators"]["index"].items()},
    )


def _edition(row: dict[str, Any]) -> Edition:
    _checked(row)
    return Edition(**{**row, "standard": _schedule(row, "standard"), "health": _schedule(row, "health")})


def _test(row: dict[str, Any]) -> RateTest:
    _checked(row)
    return RateTest(**{**row, "standard": _schedule(row, "standard")})


def _checked(row: dict[str, Any]) -> None:
    if row["verification"] not in CHECKS:
        raise GreenBookWrong(f"{row['key']}: say how it was checked as one of {', '.join(CHECKS)}.")


def _schedule(row: dict[str, Any], name: str) -> Schedule:
    steps = tuple((int(first), float(rate)) for first, rate in row[name])
    firsts = [first for first, _ in steps]
    if steps and (firsts[0] != 1 or firsts != sorted(set(firsts)) or not all(0 <= rate < 1 for _, rate in steps)):
        raise GreenBookWrong(f"{row['key']}: {name} rates begin at year 1, go up in years, and are shares of one.")
    return steps
