"""What personal data is used for, as the record of processing activities tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content" / "processing.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One use: for what, about whom, who sees it, on what basis (suggested), how long, and what a form says."""

    key: str
    title: str
    purpose: str
    whose: str
    source: str
    seen: str
    basis: str
    rule: str
    keep: str
    notice: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """The whole file."""

    as_at: date
    checked: bool
    law: tuple[str, str]
    kinds: dict[str, str]
    security: str
    transfers: str
    activities: dict[str, Activity]


@cache
def processing() -> Told:
    """What is told of every use."""
    held: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    rows = (Activity(**{**row, "flags": tuple(row.get("flags", ()))}) for row in held["activities"])
    return Told(
        held["as_at"], held["verification"] == "V", (held["law"]["title"], held["law"]["where"]), held["kinds"],
        held["security"], held["transfers"], {one.key: one for one in rows},
    )
