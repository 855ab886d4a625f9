"""When a complaint is acknowledged and a request answered, and why something may be held back; cited data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from commonweal.policy.elections import SATURDAY, bank_holidays

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Regime:
    """A law under which information is asked for, with its clock."""

    key: str
    title: str
    working_days: int
    citation: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """A reason for which something is not released."""

    key: str
    regime: str
    title: str


@cache
def regimes() -> dict[str, Regime]:
    """Every law, by its key."""
    return {row["key"]: Regime(**row) for row in _content()["regimes"]}


@cache
def exemptions() -> dict[str, Exemption]:
    """Every reason, by its key."""
    return {row["key"]: Exemption(**row) for row in _content()["exemptions"]}


def answer_by(regime: str, received: date) -> date:
    """The last day to answer: so many working days after the day it came."""
    day, left = received, regimes()[regime].working_days
    while left:
        day += DAY
        left -= day.weekday() < SATURDAY and day not in holidays_anywhere(day.year)
    return day


@cache
def holidays_anywhere(year: int) -> frozenset[date]:
    """Good Friday, Christmas Day and what is a bank holiday in any part of the United Kingdom.

    To England's come those of Scotland and Northern Ireland; one on a weekend or on a day taken moves on.
    """
    said, found = _content()["elsewhere"], set(bank_holidays(year))
    for row in said["each_year"]:
        day = date(year, row["month"], row["day"])
        while day.weekday() >= SATURDAY or day in found:
            day += DAY
        found.add(day)
    august = date(year, 8, 1)
    found.add(august + timedelta(days=-august.weekday() % 7))  # the first Monday in August
    return frozenset(found | {row["day"] for row in said["once"] if row["day"].year == year})


def acknowledge_by(received: date) -> date:
    """The last day to acknowledge a complaint."""
    return received + int(_content()["complaints"]["acknowledge_days"]) * DAY


def clock_words() -> dict[str, str]:
    """The citation of the complaint's clock, what the calendar leaves out, and whether it was checked."""
    held = _content()
    unchecked = "" if held["verification"] == "V" else "Not yet checked here against the text in force."
    return {"complaints": held["complaints"]["citation"], "calendar": held["calendar"], "unchecked": unchecked}


@cache
def _content() -> dict[str, Any]:
    text = (files("commonweal.policy") / "data" / "information_requests.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content
