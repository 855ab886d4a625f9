"""The dated and cited rows of procurement law, read once and refused when malformed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
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
COLUMNS = (
    "services", "light-touch", "central-services", "utility-services", "utility-light-touch", "works",
    "concession", "light-touch-concession",
)
PARTS = {"s": "section", "reg": "regulation", "sch": "schedule", "part": "part"}


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

    @property
    def address(self) -> str:
        """Where the first law it names can be read, or nothing."""
        return address_of(self.citation)


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
    marks: Mapping[str, str]

    def sure(self, column: str) -> bool:
        """Whether anybody has checked the amount of this column."""
        return self.marks.get(column, self.verification) != "K"


@dataclass(frozen=True, slots=True)
class LowerLimit(Cited):
    """From what value the below-threshold chapter of the regulations of 2015 bound a buyer."""

    begins: date
    ends: date
    with_vat: bool
    central: Decimal
    other: Decimal


@dataclass(frozen=True, slots=True)
class Rule(Cited):
    """What follows when all its conditions hold, and since when."""

    key: str
    sort: str
    words: str
    when: Mapping[str, Any]
    since: date
    notice: str = ""
    event: str = ""
    whose: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """When a notice is not due, and why."""

    when: Mapping[str, Any]
    words: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Notice(Cited):
    """A notice of the Procurement Act: who publishes it, the cases in which it is due, and who need not."""

    code: str
    title: str
    who: str
    since: date
    cases: tuple[Rule, ...] = field(default=())
    exempt: tuple[Exemption, ...] = field(default=())
    until: str = ""

    @property
    def timings(self) -> tuple[str, ...]:
        """When it is due, a sentence a case."""
        pairs = ((one.whose, f"If {one.event}" if one.event else "") for one in self.cases)
        heads = (": ".join(filter(None, pair)) for pair in pairs)
        said = (one.words.removeprefix(f"{self.title}: ") for one in self.cases)
        return tuple(f"{head}: {words[:1].lower()}{words[1:]}" if head else words
                     for head, words in zip(heads, said, strict=True))


@dataclass(frozen=True, slots=True)
class Lighter(Cited):
    """A change that may make a commission lighter."""

    key: str
    words: str
    caution: str
    when: Mapping[str, Any]
    change: Mapping[str, Any]


@cache
def review_by() -> date:
    """The day after which these rows may not be relied on until somebody has read them again."""
    day: date = law_content("thresholds")["review_by"]
    return day


@cache
def as_at() -> date:
    """The day on which the rules were last read."""
    day: date = law_content("rules")["as_at"]
    return day


@cache
def regimes() -> tuple[Regime, ...]:
    """Every regime, oldest first."""
    return tuple(Regime(**_marked(row)) for row in law_content("rules")["regimes"])


@cache
def thresholds() -> tuple[Thresholds, ...]:
    """Every set of thresholds, oldest first."""
    return tuple(_thresholds(_marked(row)) for row in law_content("thresholds")["thresholds"])


@cache
def lower_limits() -> tuple[LowerLimit, ...]:
    """Every lower limit, oldest first."""
    return tuple(
        LowerLimit(row["citation"], row["verification"], row["begins"], row["ends"], row["basis"] == "inc",
                   Decimal(row["central"]), Decimal(row["other"]))
        for row in map(_marked, law_content("thresholds")["lower_limits"])
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which it is told."""
    return tuple(_rule(_marked(row)) for row in law_content("rules")["rules"])


@cache
def notices() -> tuple[Notice, ...]:
    """Every notice of the Procurement Act, in the order of their numbers."""
    return tuple(_notice(_marked(row)) for row in law_content("notices")["notices"])


@cache
def ways_lighter() -> tuple[Lighter, ...]:
    """What may be changed so that less is asked."""
    return tuple(Lighter(**_marked(row)) for row in law_content("lighter")["lighter"])


def in_force(rows: tuple[Any, ...], day: date) -> Any:
    """The row whose days hold this one, or None."""
    return next((row for row in rows if row.begins <= day and (row.ends is None or day <= row.ends)), None)


def address_of(citation: str) -> str:
    """Where the first law that a citation names can be read: its section where one is named, else the whole."""
    laws = [law for law in law_content("laws")["laws"] if law["name"] in citation]
    if not laws:
        return ""
    law = min(laws, key=lambda one: citation.find(one["name"]))
    at, name, base, part = citation.find(law["name"]), law["name"], law["address"], law["part"]
    rest = citation[at + len(name):].partition(";")[0]
    found = re.search(r"\b(ss?|regs?|sch|part) ?(\d+)", rest)
    if found is None:
        return base
    kind = found[1].rstrip("s") if found[1] in ("ss", "regs") else found[1]
    return f"{base}/{PARTS[kind or part]}/{found[2]}"


@cache
def law_content(name: str) -> dict[str, Any]:
    """One file of the law's data."""
    text = (files("commonweal.policy") / "data" / "procurement" / f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def _thresholds(row: Mapping[str, Any]) -> Thresholds:
    amounts = {name: None if row[name] is None else Decimal(row[name]) for name in COLUMNS}
    with_vat = {"ex": False, "inc": True}[row["basis"]]
    marks = row.get("marks", {})
    return Thresholds(row["citation"], row["verification"], row["begins"], row["ends"], with_vat, amounts, marks)


def _rule(row: Mapping[str, Any]) -> Rule:
    if row["sort"] not in SORTS:
        raise LawIsMalformed(f"The rule {row['key']} is of an unknown sort: {row['sort']}.")
    since = row.get("since") or min(
        (one.begins for one in regimes() if one.key in row["when"].get("regime", ())), default=None
    )
    if since is None:
        raise LawIsMalformed(f"The rule {row['key']} does not say since when it binds.")
    return Rule(**{**row, "since": since})


def _notice(row: Mapping[str, Any]) -> Notice:
    cases = tuple(
        Rule(row["citation"], row["verification"], case["key"], "notice", f"{row['title']}: {case['timing']}",
             {"regime": ["pa2023"], **case["when"]}, row["since"], row["code"], case.get("event", ""),
             case.get("whose", ""), case.get("days"))
        for case in row["cases"]
    )
    exempt = tuple(
        Exemption(one["when"], one["words"], one.get("verification", row["verification"]) != "K")
        for one in row["exempt"]
    )
    return Notice(row["citation"], row["verification"], row["code"], row["title"], row["who"], row["since"],
                  cases, exempt, row.get("until", ""))


def _marked(row: Mapping[str, Any]) -> Mapping[str, Any]:
    if row.get("verification") not in MARKS or not row.get("citation"):
        raise LawIsMalformed(f"This row lacks its citation or its mark of verification: {row}.")
    return row
