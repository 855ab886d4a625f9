"""The rules that hide small counts, as dated and cited data, for the one place that releases tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """One rule; the numbers are explained at the head of its file."""

    key: str
    title: str
    words: str
    hide_from: int
    hide_to: int
    protection: str
    round_to: int
    least_width: int
    source: str
    verification: str


@cache
def disclosure_rules() -> Mapping[str, DisclosureRule]:
    """Every rule by its key."""
    names = {field.name for field in fields(DisclosureRule)}
    rules = [DisclosureRule(**{name: row[name] for name in names}) for row in _content()["rules"]]
    return MappingProxyType({rule.key: rule for rule in rules})


@cache
def disclosure_outcomes() -> Mapping[str, str]:
    """What is said of a released table, by outcome; {words} and {base} stand for the rule's."""
    return MappingProxyType(dict(_content()["outcomes"]))


@cache
def _content() -> dict[str, Any]:
    text = (files("commonweal.policy") / "data" / "disclosure_rules.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content
