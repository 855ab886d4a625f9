"""How often people keep in touch, how long a line is kept, and the words, read from their content file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from commonweal.needs.content import read


@dataclass(frozen=True, slots=True)
class Interval:
    """One choice of how often."""

    weeks: int
    title: str


@dataclass(frozen=True, slots=True)
class NudgeRule:
    """When the weekly e-mail goes and what its subject says."""

    weekday: int
    from_hour: int
    subject: str


@cache
def intervals() -> tuple[Interval, ...]:
    """The choices, shortest first."""
    return tuple(Interval(one["weeks"], one["title"]) for one in read("contacts")["every_weeks"])


@cache
def first_interval() -> int:
    """The weeks a new contact starts with."""
    return int(next(one["weeks"] for one in read("contacts")["every_weeks"] if one.get("first")))


def kept_months() -> int:
    """How long a line of the log is kept."""
    return int(read("contacts")["kept_months"])


@cache
def nudge_rule() -> NudgeRule:
    """When and how people are nudged."""
    return NudgeRule(**read("contacts")["nudge"])


def contact_words() -> dict[str, str]:
    """The words of the pages."""
    said = read("contacts")["words"]
    return {**said, "kept": said["kept"].format(months=kept_months())}
