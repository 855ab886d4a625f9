"""Outcome frameworks, those of the past and those of today, as dated and cited data; unknown rows say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

TEXTS = ("key", "title", "publisher", "place", "source", "address", "verification", "note", "minimum")
KNOWN = ("numerator", "denominator", "survey", "unit", "better")
BETTER = {"higher": "More is better", "lower": "Less is better", "either": "Neither more nor less is better"}
OPTIONAL = {"minimum_change", "minimum_note", "n", "card", "caution"}


class FrameworkWrong(ValueError):
    """A file that does not fit; the text says which row and why."""


@dataclass(frozen=True, slots=True)
class FrameworkIndicator:
    """One indicator as its framework defines it; where `unknown` says something, nothing else is known."""

    key: str              # framework/indicator
    title: str
    framework: str
    numerator: str = ""
    denominator: str = ""
    survey: str = ""
    unit: str = ""
    better: str = ""
    better_words: str = ""
    minimum_change: float | None = None
    minimum_note: str = ""
    n: int | None = None
    card: str = ""        # the card whose figures follow this definition
    caution: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework with its dates, its source and how far it was checked."""

    key: str
    title: str
    publisher: str
    place: str
    source: str
    address: str
    verification: str
    note: str
    minimum: str
    start: date
    end: date | None
    indicators: tuple[FrameworkIndicator, ...]

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.start <= day and (self.end is None or day <= self.end)


@cache
def frameworks() -> tuple[Framework, ...]:
    """Every framework, the newest first."""
    folder = files("commonweal.policy") / "data" / "frameworks"
    found = [
        framework_of(yaml.safe_load(file.read_text(encoding="utf-8")))
        for file in folder.iterdir() if file.name.endswith(".yaml")
    ]
    if len({one.key for one in found}) != len(found):
        raise FrameworkWrong("Two frameworks have the same key. Give each its own.")
    return tuple(sorted(found, key=lambda one: (one.start, one.key), reverse=True))


@cache
def indicators_by_key() -> dict[str, FrameworkIndicator]:
    """Every indicator by framework/indicator."""
    return {one.key: one for framework in frameworks() for one in framework.indicators}


def framework_of(content: dict[str, Any]) -> Framework:
    """The framework of a file's content; FrameworkWrong where a row does not fit."""
    lacking = [name for name in (*TEXTS, "from", "indicators") if name not in content]
    if lacking:
        raise FrameworkWrong(f"The framework {content.get('key')} lacks {', '.join(lacking)}. Add it.")
    rows = tuple(_indicator(content, row) for row in content["indicators"])
    if len({one.key for one in rows}) != len(rows):
        raise FrameworkWrong(f"Two indicators of {content['key']} have the same key. Give each its own.")
    end = content.get("to")
    if not isinstance(content["from"], date) or (end is not None and end < content["from"]):
        raise FrameworkWrong(f"The framework {content['key']} must begin on a date, and end after it.")
    return Framework(
        **{name: str(content[name]) for name in TEXTS}, start=content["from"], end=end, indicators=rows
    )


def _indicator(content: dict[str, Any], row: dict[str, Any]) -> FrameworkIndicator:
    named = f"{content['key']}/{row.get('key')}"
    base: dict[str, Any] = {"key": named, "title": str(row.get("title", "")), "framework": content["key"]}
    if row.get("unknown"):
        return FrameworkIndicator(**base, unknown=str(row["unknown"]))
    lacking = [name for name in KNOWN if not row.get(name)]
    strange = sorted(set(row) - set(KNOWN) - OPTIONAL - {"key", "title"})
    if lacking or strange:
        raise FrameworkWrong(f"The indicator {named} lacks {lacking} or says what is not asked: {strange}.")
    if row["better"] not in BETTER:
        raise FrameworkWrong(f"The indicator {named} says {row['better']}; say higher, lower or either.")
    said: dict[str, Any] = {name: str(row[name]) for name in KNOWN}
    said |= {name: row[name] for name in OPTIONAL if row.get(name) is not None}
    return FrameworkIndicator(**base, **said, better_words=BETTER[row["better"]])
