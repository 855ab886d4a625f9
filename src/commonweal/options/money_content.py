"""The kinds of line, risk, question and scenario that the money pages offer, read from their content files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that may be chosen: its key, its words, and more words under it."""

    key: str
    title: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class LineKind:
    """One kind of cost or benefit line, with help and how far that was checked."""

    key: str
    side: str
    title: str
    help: str
    verification: str = ""


@dataclass(frozen=True, slots=True)
class RiskKind:
    """One kind of risk, and who can as a rule best carry it."""

    key: str
    title: str
    best: str
    why: str


@dataclass(frozen=True, slots=True)
class CaseKind:
    """One line of a contract: +1 for income, -1 for cost, and the spread it has unless changed."""

    key: str
    title: str
    sign: int
    help: str
    yearly: float
    level: float
    persists: float
    every: int


@dataclass(frozen=True, slots=True)
class Question:
    """One question before a bid; `stops` where a no means no bid."""

    key: str
    part: str
    stops: bool
    ask: str
    why: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """How a plan may go: shares by which its lines differ."""

    key: str
    title: str
    income: float
    staff: float
    other: float


@cache
def content(name: str) -> Any:
    """One content file of this stage's money pages."""
    text = files("commonweal.options").joinpath("content", f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def words(name: str, key: str) -> str:
    """A sentence of a content file."""
    return str(content(name)["words"][key])


@cache
def line_kinds() -> dict[str, LineKind]:
    """Kinds of line by key."""
    return {row["key"]: LineKind(**row) for row in content("money")["kinds"]}


@cache
def risk_kinds() -> dict[str, RiskKind]:
    """Kinds of risk by key."""
    return {row["key"]: RiskKind(**row) for row in content("risks")["kinds"]}


@cache
def case_kinds() -> dict[str, CaseKind]:
    """Lines of a contract by key."""
    held = content("risks")
    return {row["key"]: CaseKind(**row, **held["spreads"][row["key"]]) for row in held["lines"]}


@cache
def named(name: str, part: str) -> tuple[Named, ...]:
    """What may be chosen of one part of a content file."""
    return tuple(Named(row["key"], row["title"], row.get("says", "")) for row in content(name)[part])


def title_of(name: str, part: str, key: str) -> str:
    """The words of a key; the key itself where it is no longer held."""
    return next((one.title for one in named(name, part) if one.key == key), key)


@cache
def questions() -> tuple[Question, ...]:
    """Questions before a bid."""
    return tuple(Question(**row) for row in content("bidding")["questions"])


@cache
def scenarios() -> tuple[Scenario, ...]:
    """How a plan may go."""
    return tuple(Scenario(**row) for row in content("bidding")["scenarios"])
