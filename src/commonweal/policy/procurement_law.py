"""The dated and cited rows of procurement law, read once and refused when malformed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

MARKS = {
    "V": "read at its source",
    "S": "told by secondary sources",
    "K": "unchecked - confirm with your legal officer",
}
SORTS = ("route", "notice", "time", "duty", "lighter", "refusal")
COLUMNS = ("services", "light-touch", "works", "concession", "light-touch-concession")


class LawIsMalformed(ValueError):
    """A row of the law's data cannot be used; the words say which."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Where something is written, and how far that was checked."""

    citation: str
    verification: str

    @property
    def checked(self) -> bool:
        """Whether anybody has checked it; what nobody has drives no unqualified answer."""
        return self.verification != "K"

    @property
    def standing(self) -> str:
        """How far it was checked, in words."""
        return MARKS[self.verification]


@dataclass(frozen=True, slots=True)
class Regime(Cited):
    """A law and the days on which a procurement had to begin to fall under it."""

    key: str
    title: str
    begins: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Thresholds(Cited):
    """The thresholds in force for procurements that began in a period."""

    begins: date
    ends: date
    with_vat: bool
    amounts: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Rule(Cited):
    """What follows when all its conditions hold."""

    key: str
    sort: str
    words: str
    when: Mapping[str, Any]


@cache
def review_by() -> date:
    """The day after which these rows may not be relied on until somebody has read them again."""
    day: date = _content("thresholds")["review_by"]
    return day


@cache
def regimes() -> tuple[Regime, ...]:
    """Every regime, oldest first."""
    return tuple(Regime(**_marked(row)) for row in _content("rules")["regimes"])


@cache
def thresholds() -> tuple[Thresholds, ...]:
    """Every set of thresholds, oldest first."""
    return tuple(_thresholds(_marked(row)) for row in _content("thresholds")["thresholds"])


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which it is told."""
    return tuple(_rule(_marked(row)) for row in _content("rules")["rules"])


def in_force(rows: tuple[Any, ...], day: date) -> Any:
    """The row whose days hold this one, or None."""
    return next((row for row in rows if row.begins <= day and (row.ends is None or day <= row.ends)), None)


def _thresholds(row: Mapping[str, Any]) -> Thresholds:
    amounts = {name: None if row[name] is None else Decimal(row[name]) for name in COLUMNS}
    with_vat = {"ex": False, "inc": True}[row["basis"]]
    return Thresholds(row["citation"], row["verification"], row["begins"], row["ends"], with_vat, amounts)


def _rule(row: Mapping[str, Any]) -> Rule:
    if row["sort"] not in SORTS:
        raise LawIsMalformed(f"The rule {row['key']} is of an unknown sort: {row['sort']}.")
    return Rule(**row)


def _marked(row: Mapping[str, Any]) -> Mapping[str, Any]:
    if row.get("verification") not in MARKS or not row.get("citation"):
        raise LawIsMalformed(f"This row lacks its citation or its mark of verification: {row}.")
    return row


def _content(name: str) -> dict[str, Any]:
    text = (files("commonweal.policy") / "data" / "procurement" / f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content
