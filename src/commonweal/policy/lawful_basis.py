"""The bases on which the law lets personal data be shared, as dated and cited data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Basis:
    """One basis, or one condition for data of a special kind, with its article."""

    key: str
    article: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Law:
    """Where it stands, as at which day, and whether that was checked."""

    title: str
    where: str
    as_at: date
    checked: bool


@cache
def bases() -> dict[str, Basis]:
    """Every basis of Article 6, by its key."""
    return {row["key"]: Basis(**row) for row in _content()["bases"]}


@cache
def conditions() -> dict[str, Basis]:
    """Every condition of Article 9, by its key."""
    return {row["key"]: Basis(**row) for row in _content()["conditions"]}


@cache
def law() -> Law:
    """Where these are from."""
    held = _content()
    return Law(held["law"], held["where"], held["as_at"], held["verification"] == "V")


@cache
def _content() -> dict[str, Any]:
    text = (files("commonweal.policy") / "data" / "lawful_basis.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content
