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
        left -= day.weekday() < SATURDAY and day not in bank_holidays(day.year)
    return day


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
