"""Answers to published instruments made scores: sums, a metric table, minutes of activity, recommending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.arrays import MethodError, Reals, reals
from commonweal.methods.intervals import z_value

MOST_A_DAY, LEAST_BOUT, MOST_BOUT = 960.0, 10.0, 180.0  # minutes
MET = {"walking": 3.3, "moderate": 4.0, "vigorous": 8.0}


def summed(items: ArrayLike, *, low: float, high: float) -> Reals:
    """The sum of each person's items, (people, items) to (people,); NaN where one is missing.

    Errors: an answer outside `low` to `high`. Source: the instruments' own rule of no score without all items.
    """
    rows = np.atleast_2d(reals(items, "An answer", low=low, high=high))
    return np.asarray(rows.sum(axis=1), dtype=np.float64)


def metric(raw: ArrayLike, *, first: int, table: ArrayLike) -> Reals:
    """Raw sums on the metric scale of a table that begins at the sum `first`; each person before any average.

    Errors: a sum the table does not hold. Source: Stewart-Brown and others 2009, Health Qual Life Outcomes 7:15.
    """
    values, sums = reals(table, "The table"), reals(raw, "The sum")
    known = ~np.isnan(sums)
    at = sums[known] - first
    if (at != np.round(at)).any() or (at < 0).any() or (at >= len(values)).any():
        raise MethodError(f"A sum must be a whole number from {first} to {first + len(values) - 1}.")
    found = np.full(sums.shape, np.nan)
    found[known] = values[at.astype(int)]
    return found


class Activity(StrEnum):
    """How active somebody is by the short questionnaire."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Week:
    """One person's last seven days: days, and usual minutes a day, of each kind."""

    vigorous: tuple[float, float]
    moderate: tuple[float, float]
    walking: tuple[float, float]


def activity(week: Week) -> tuple[float, Activity] | None:
    """MET-minutes a week (3.3 walking + 4 moderate + 8 vigorous) and the group; nothing where it must be dropped.

    Bouts under 10 minutes count as none and over 180 as 180; a day of more than 960 minutes, or an answer that is
    missing, drops the person. Errors: days outside 0 to 7, minutes below 0.
    Source: IPAQ, Guidelines for Data Processing and Analysis, November 2005.
    """
    kinds = {name: getattr(week, name) for name in MET}
    days = {name: float(reals(kind[0], "Days", low=0, high=7)) for name, kind in kinds.items()}
    told = {name: float(reals(kind[1], "Minutes", low=0)) for name, kind in kinds.items()}
    if any(map(np.isnan, (*days.values(), *told.values()))) or sum(told.values()) > MOST_A_DAY:
        return None
    minutes = {name: 0.0 if one < LEAST_BOUT else min(one, MOST_BOUT) for name, one in told.items()}
    days = {name: one if minutes[name] else 0.0 for name, one in days.items()}
    met = {name: MET[name] * days[name] * minutes[name] for name in MET}
    return sum(met.values()), _group(days, minutes, met)


def _group(days: dict[str, float], minutes: dict[str, float], met: dict[str, float]) -> Activity:
    total, often = sum(met.values()), sum(days.values())
    if (days["vigorous"] >= 3 and met["vigorous"] >= 1500) or (often >= 7 and total >= 3000):
        return Activity.HIGH
    steady = sum(days[name] for name in ("moderate", "walking") if minutes[name] >= 30)
    if (days["vigorous"] >= 3 and minutes["vigorous"] >= 20) or steady >= 5 or (often >= 5 and total >= 600):
        return Activity.MODERATE
    return Activity.LOW


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of activity in a person's week: days, usual minutes a day, whether it left them out of breath."""

    days: float
    minutes: float
    vigorous: bool


INACTIVE, ACTIVE = 30.0, 150.0  # minutes a week, below and from


def weekly_minutes(kinds: Sequence[Kind]) -> tuple[float, Activity]:
    """Minutes of a week, vigorous ones twice; low under 30, high from 150, moderate between.

    Days times minutes, bouts under 10 minutes counted as none. Errors: days outside 0 to 7, minutes outside 0 to
    960. Source: Sport England, Active Lives Adult Survey (inactive, fairly active, active).
    """
    total = 0.0
    for kind in kinds:
        days, told = float(reals(kind.days, "Days", low=0, high=7)), float(
            reals(kind.minutes, "Minutes", low=0, high=MOST_A_DAY))
        total += days * told * (2 if kind.vigorous else 1) * (told >= LEAST_BOUT)
    return total, Activity.LOW if total < INACTIVE else Activity.HIGH if total >= ACTIVE else Activity.MODERATE


def recommending(answers: ArrayLike, *, level: float = 0.95) -> tuple[float, float]:
    """Likelihood to recommend, 0 to 10: per cent 9 or 10 less per cent 6 or under, with the half-width.

    z √((p₊ + p₋ - (p₊ - p₋)²)/n) in percentage points; missing answers are left out. Errors: an answer outside 0
    to 10, nobody who answered. Source: variance of a difference of two shares of one multinomial.
    """
    known = reals(answers, "An answer", low=0, high=10)
    known = known[~np.isnan(known)]
    if not len(known):
        raise MethodError("Nobody answered.")
    up, down = float((known >= 9).mean()), float((known <= 6).mean())
    half = z_value(level) * np.sqrt((up + down - (up - down) ** 2) / len(known))
    return 100 * (up - down), 100 * float(half)
