"""What must be answered before a decision on options closes: gates with their fields, as dated, cited data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from commonweal.policy.delivery_vehicles import MARKS

KINDS = ("text", "line", "date")


class GateWrong(ValueError):
    """A row that does not fit; the text says which and why."""


@dataclass(frozen=True, slots=True)
class GateField:
    """One thing to be answered: a text, a line or a date."""

    key: str
    kind: str
    label: str
    hint: str
    paper: str = ""      # what stands before the answer on paper; without it a line or a date goes into brackets

    @property
    def asks(self) -> str:
        """The label before its answer."""
        return self.label if self.label.endswith("?") else f"{self.label}:"


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: its question, the law, its fields, and whether it may be said not to apply."""

    key: str
    title: str
    asks: str
    why: str
    may_not_apply: bool
    when: tuple[str, ...]
    law: str
    address: str
    verification: str
    fields: tuple[GateField, ...]

    @property
    def standing(self) -> str:
        """How far the law was checked, in words."""
        return MARKS[self.verification]


@cache
def gates() -> tuple[Gate, ...]:
    """Every gate, in the order in which they are told."""
    text = (files("commonweal.policy") / "data" / "options" / "gates.yaml").read_text(encoding="utf-8")
    return gates_of(yaml.safe_load(text))


def gates_for(service: str) -> tuple[Gate, ...]:
    """Those a decision on this service must pass."""
    return tuple(one for one in gates() if not one.when or service in one.when)


def gates_of(content: dict[str, Any]) -> tuple[Gate, ...]:
    """The gates of a file's content; GateWrong where a row does not fit."""
    found = tuple(_gate(row) for row in content["gates"])
    if len({one.key for one in found}) != len(found):
        raise GateWrong("Two gates have the same key. Give each its own.")
    return found


def _gate(row: dict[str, Any]) -> Gate:
    if row.get("verification") not in MARKS or not row.get("law"):
        raise GateWrong(f"The gate {row.get('key')} lacks its law, or how far that was checked.")
    fields = tuple(GateField(**one) for one in row["fields"])
    if any(one.kind not in KINDS for one in fields) or len({one.key for one in fields}) != len(fields):
        raise GateWrong(f"The gate {row['key']} has a field of no known kind, or two of one key.")
    return Gate(**{**row, "when": tuple(row["when"]), "fields": fields})
