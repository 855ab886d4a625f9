"""What a measure can be read from in returns, how progress is judged, and the words for it: read from content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from commonweal.core.figure import Unit


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing a return tells: `top` of `bottom` (answers' keys), how periods go together, in which unit."""

    key: str
    title: str
    adds: str
    top: str
    unit: Unit
    bottom: str = ""
    parts: str = ""


@dataclass(frozen=True, slots=True)
class PerformanceRules:
    """The numbers that progress is judged by."""

    tolerance: float
    least_answers: int
    recent_days: int


@dataclass(frozen=True, slots=True)
class Tag:
    """Words with a colour that says the same."""

    title: str
    tone: str


@cache
def readings() -> tuple[Reading, ...]:
    """Everything a measure can be read from."""
    return tuple(Reading(**{**row, "unit": Unit(row["unit"])}) for row in content()["readings"])


def reading_of(key: str) -> Reading | None:
    """One by its key."""
    return next((one for one in readings() if one.key == key), None)


@cache
def performance_rules() -> PerformanceRules:
    """The numbers."""
    return PerformanceRules(**content()["rules"])


def tag_of(part: str, key: str) -> Tag:
    """The words and colour of a standing or an exception."""
    return Tag(**content()[part][key])


@cache
def content() -> dict[str, Any]:
    """The whole file."""
    found: dict[str, Any] = yaml.safe_load(
        files("commonweal.measures").joinpath("content/performance.yaml").read_text("utf-8"))
    return found
