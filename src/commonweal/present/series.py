"""What charts are drawn from: labelled values with their intervals and the part each plays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commonweal.core.figure import Figure


class Role(StrEnum):
    """The part a value plays: the place is drawn in the brand colour, the rest in greys."""

    PLACE = "place"
    ENGLAND = "england"
    COMPARATOR = "comparator"


@dataclass(frozen=True, slots=True)
class Point:
    """One value; `value` is empty where it is missing, and then `missing` says why."""

    label: str
    value: float | None
    role: Role = Role.COMPARATOR
    lower: float | None = None
    upper: float | None = None
    missing: str = "not measured"

    @classmethod
    def of(cls, label: str, figure: Figure, role: Role = Role.COMPARATOR) -> Point:
        """The point of a figure."""
        return cls(label, figure.value, role, figure.lower, figure.upper, figure.missing or "not measured")


@dataclass(frozen=True, slots=True)
class Line:
    """One place over time; each point's label is its period as published, in order."""

    name: str
    points: tuple[Point, ...]
    role: Role = Role.COMPARATOR


@dataclass(frozen=True, slots=True)
class AgeBand:
    """One age band's share of people (%), here and in the comparator."""

    label: str
    share: float
    comparator: float | None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """One small chart among several: its heading and what it compares."""

    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a total is made of: (part, amount) in the same order for every row."""

    label: str
    parts: tuple[tuple[str, float], ...]
    role: Role = Role.COMPARATOR
