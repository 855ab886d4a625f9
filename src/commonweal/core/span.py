"""Spans of days: half-open, local, with an end that may not be known yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` up to and not including `end`; `end` is empty while it still runs."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"a span must end after it starts: {self.start} to {self.end}")

    def holds(self, day: date) -> bool:
        """Whether the day is in the span."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one day."""
        mine = self.end is None or other.start < self.end
        theirs = other.end is None or self.start < other.end
        return mine and theirs

    @property
    def days(self) -> int | None:
        """How many days it lasts; None while it still runs."""
        return None if self.end is None else (self.end - self.start).days
