"""What became of each file that was brought to the lake, in words a person can act on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """The six things that can become of a file."""

    READ = "read"
    UNCHANGED = "unchanged"
    OLDER = "older edition"
    WAITING = "waiting for mapping"
    SET_ASIDE = "set aside"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Guess:
    """What the assistant thinks an unknown table is: its best lake table, how sure, and why in a sentence."""

    table: str
    sure: float
    sentence: str


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One file, or one file inside an archive."""

    path: str
    outcome: Outcome
    reason: str
    inside: str = ""
    dataset: str = ""
    title: str = ""
    rows: int = 0
    rejected: int = 0
    remarks: tuple[str, ...] = ()
    guess: Guess | None = None

    @property
    def name(self) -> str:
        """The file as a person would say it."""
        return f"{self.path} > {self.inside}" if self.inside else self.path

    def as_data(self) -> dict[str, Any]:
        """Plain JSON-ready data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pull has come."""

    files_done: int
    files: int
    bytes_done: int
    bytes: int
    name: str
