"""When a local election closes the door on publicity: polling days, working days and notices, as cited data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

SATURDAY, DAY = 5, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ElectionRule:
    """One rule in plain words, where it is written, and how far that was checked."""

    key: str
    words: str
    citation: str
    verification: str

    @property
    def checked(self) -> bool:
        """Whether somebody has checked it against its source."""
        return self.verification.startswith("checked")


@dataclass(frozen=True, slots=True)
class Period:
    """From the notice of election until the close of poll; both days belong to it."""

    begins: date
    poll: date

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.begins <= day <= self.poll


@cache
def election_rules() -> tuple[ElectionRule, ...]:
    """Every rule, in order."""
    return tuple(ElectionRule(**row) for row in _content()["rules"])


def ordinary_polling_day(year: int) -> date:
    """The first Thursday in May."""
    first = date(year, 5, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7)


def latest_notice(poll: date) -> date:
    """The last lawful day for the notice of election: so many working days before the poll."""
    day, left = poll, int(_content()["notice_working_days"])
    while left:
        day -= DAY
        left -= is_working_day(day)
    return day


def period_of(poll: date, notice: date | None = None) -> Period:
    """The period before a poll; from the last lawful day where the notice's own day is not known."""
    return Period(notice or latest_notice(poll), poll)


def is_working_day(day: date) -> bool:
    """Whether a day counts in an election's timetable."""
    if day.weekday() >= SATURDAY or (day.month, day.day) == (12, 24):
        return False
    return day not in bank_holidays(day.year)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """England's bank holidays with Good Friday and Christmas Day; one on a weekend moves to the next weekday."""
    easter = easter_sunday(year)
    found = {easter - 2 * DAY, easter + DAY, _monday(year, 5, 1), _monday(year, 5, 25), _monday(year, 8, 25)}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = fixed
        while day.weekday() >= SATURDAY or day in found:
            day += DAY
        found |= {fixed, day}
    found |= {row["day"] for row in _content()["further_bank_holidays"] if row["day"].year == year}
    return frozenset(found - {row["day"] for row in _content()["not_bank_holidays"]})


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar, by the anonymous algorithm (Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * ell) // 433
    month = (h + ell - 7 * m + 90) // 25
    return date(year, month, (h + ell - 7 * m + 33 * month + 19) % 32)


def _monday(year: int, month: int, first: int) -> date:
    """The first Monday on or after a day."""
    day = date(year, month, first)
    return day + timedelta(days=-day.weekday() % 7)


@cache
def _content() -> dict[str, Any]:
    text = (files("commonweal.policy") / "data" / "elections.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content
