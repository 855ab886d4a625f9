"""How far evidence carries a claim that one thing leads to another: steps computed from facts, never chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class DesignLevel:
    """One way evidence is made, and the step it reaches."""

    key: str
    title: str
    level: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reached:
    """The step a link reaches, in words, with why."""

    level: int
    words: str
    reasons: tuple[str, ...]


@cache
def _content() -> dict[str, Any]:
    text = (files("commonweal.policy") / "data" / "evidence_levels.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    top = len(content["levels"]) - 1
    for key, row in content["designs"].items():
        if not 1 <= row["level"] <= top or not row["title"] or not row["reason"]:
            raise ValueError(f"The design {key} needs a title, a reason and a level from 1 to {top}.")
    return content


@cache
def design_levels() -> tuple[DesignLevel, ...]:
    """Every design, the weakest first."""
    return tuple(
        DesignLevel(key, row["title"], row["level"], row["reason"]) for key, row in _content()["designs"].items()
    )


def reached(held: Iterable[tuple[str, bool]]) -> Reached:
    """The step of (design, speaks for it) pairs: the highest for it, one less where what is against is as high."""
    known = {one.key: one for one in design_levels()}
    pairs = [(known[design], speaks_for) for design, speaks_for in held]
    best = max((one for one, speaks_for in pairs if speaks_for), key=lambda one: one.level, default=None)
    words = _content()["levels"]
    if best is None:
        return Reached(0, words[0], ())
    lowered = any(one.level >= best.level for one, speaks_for in pairs if not speaks_for)
    level = best.level - lowered
    reasons = (best.reason, _content()["lowered"]) if lowered else (best.reason,)
    return Reached(level, words[level], reasons)
