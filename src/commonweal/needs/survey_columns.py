"""Which columns of a survey's file are asked about, and which of them did not go in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from commonweal.lake.surveys.words import Use

ASKED_AT_MOST = 120
_LETTERS = 60
Columns = Iterable[dict[str, Any]]


def usable(columns: Columns) -> list[dict[str, Any]]:
    """Those that are not about people, in the file's order."""
    return [column for column in columns if column["use"] != Use.PERSONAL]


def beyond(columns: Columns, mapping: Mapping[str, str]) -> int:
    """How many came after those that are asked about, looked like something, and did not go in."""
    return sum(column["use"] != Use.IGNORE and mapping.get(column["name"]) == Use.IGNORE
               for column in usable(columns)[ASKED_AT_MOST:])


def shortened(name: str) -> str:
    """A column's name where it is spoken of: a question can be long."""
    return name if len(name) <= _LETTERS else f"{name[:_LETTERS].rstrip()}…"
