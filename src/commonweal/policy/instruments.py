"""The instruments by which change of people is measured, as dated data: range, scoring, terms."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

MARKS = ("seen", "unchecked")


class InstrumentsWrong(ValueError):
    """The file does not fit; the text says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One scale; a licensed one takes the user's own licence, one that tells of groups alone counts nobody.

    `table` puts the raw sum `first` and those above it on the metric scale, where there is one.

    everybody: the mean of the population in `unit`, with where it is from; spread and reliable: its standard
    deviation and reliability, for change of one person.
    """

    key: str
    title: str
    enter: str
    low: float
    high: float
    whole: bool
    higher_is_better: bool
    unit: str
    terms: str
    source: str
    verification: str
    asks: str = ""
    first: int = 0
    table: tuple[float, ...] = ()
    everybody: float | None = None
    everybody_source: str = ""
    spread: float | None = None
    reliable: float | None = None
    spread_verification: str = "unchecked"
    licensed: bool = False
    groups_only: bool = False


@dataclass(frozen=True, slots=True)
class Instruments:
    """All of them, when they were read, and the range of reliability change is worked out for."""

    checked: date
    next_review: date
    reliabilities: tuple[float, ...]
    reliability_says: str
    reliability_verification: str
    all: tuple[Instrument, ...]

    def of(self, key: str) -> Instrument:
        """The one of a key."""
        return next(one for one in self.all if one.key == key)

    def find(self, key: str) -> Instrument | None:
        """The same, or None where there is none."""
        return next((one for one in self.all if one.key == key), None)


@cache
def instruments() -> Instruments:
    """The file as it stands; raises InstrumentsWrong where it does not fit."""
    text = (files("commonweal.policy") / "data" / "instruments.yaml").read_text(encoding="utf-8")
    return instruments_from(yaml.safe_load(text))


def instruments_from(data: dict[str, Any]) -> Instruments:
    """The same from plain data."""
    try:
        said = data["reliability"]
        return Instruments(
            data["checked"], data["next_review"], tuple(said["range"]), said["says"], said["verification"],
            tuple(map(_instrument, data["instruments"])),
        )
    except KeyError as error:
        raise InstrumentsWrong(f"{error} is missing.") from error


def with_pack(shipped: Instruments, data: Any) -> Instruments:
    """Those that ship and a pack's own, which is licensed to whoever adds it and may not take another's key."""
    try:
        added = tuple(_instrument({"licensed": True, **row}) for row in data["instruments"])
    except (KeyError, TypeError, AttributeError) as error:
        raise InstrumentsWrong(f"{error} is missing or has the wrong shape.") from error
    taken = [one.key for one in added if shipped.find(one.key)]
    if taken:
        raise InstrumentsWrong(f"{taken[0]} is the key of another scale.")
    return replace(shipped, all=(*shipped.all[:-1], *added, shipped.all[-1]))


def _instrument(row: dict[str, Any]) -> Instrument:
    unknown = sorted(set(row) - {one.name for one in fields(Instrument)})
    if unknown:
        raise InstrumentsWrong(f"{row['key']}: {', '.join(unknown)} is not known.")
    made = Instrument(**{**row, "table": tuple(row.get("table", ()))})
    wrong = (
        (made.low >= made.high, "low must be below high"),
        (made.verification not in MARKS or made.spread_verification not in MARKS, f"a mark must be of {MARKS}"),
        (bool(made.table) and len(made.table) != made.high - made.low + 1, "the table must hold every sum"),
        (list(made.table) != sorted(set(made.table)), "the table must rise"),
        (made.everybody is not None and not made.everybody_source, "everybody's score needs its source"),
        ((made.spread is None) != (made.reliable is None), "spread and reliable go together"),
    )
    for is_wrong, words in wrong:
        if is_wrong:
            raise InstrumentsWrong(f"{made.key}: {words}.")
    return made
