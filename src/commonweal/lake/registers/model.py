"""One organisation as one register says it, and what was kept out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a register: `numbers` are (org-id scheme, number); `ref` tells the row apart in its register."""

    register: str
    ref: str
    name: str
    kind: str = "other"
    numbers: tuple[tuple[str, str], ...] = ()
    postcode: str = ""
    town: str = ""
    district: str = ""
    web: str = ""
    activities: str = ""
    income: float | None = None
    registered: date | None = None
    removed: date | None = None
    as_at: date | None = None
    notes: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A row that was not taken: where, and why in words a person can act on. `where` is a row or a field path."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """What a file turned out to be, and its organisations, one an id."""

    key: str
    title: str
    publisher: str
    licence: str
    public: bool
    entries: tuple[Entry, ...]
    kept_out: tuple[KeptOut, ...] = ()
    remarks: tuple[str, ...] = ()


class NotARegister(ValueError):
    """No organisations could be found in the file; the text says what to do."""
