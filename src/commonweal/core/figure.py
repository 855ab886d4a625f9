"""The only statistic a page, a document or the API may print: a number with all that makes it honest."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self


class Unit(StrEnum):
    """What a value counts; decides how it is written."""

    PERCENT = "percent"
    PEOPLE = "people"
    HOUSEHOLDS = "households"
    COUNT = "count"
    RATE_1000 = "rate_1000"
    RATE_10000 = "rate_10000"
    RATE_100000 = "rate_100000"
    SCORE = "score"
    MEAN_0_10 = "mean_0_10"
    YEARS = "years"
    RANK = "rank"
    DECILE = "decile"
    RATIO = "ratio"
    KILOMETRES = "kilometres"
    POUNDS = "pounds"


class Release(StrEnum):
    """How far a figure may travel: core.release decides for our own, the publisher for published data."""

    PUBLISHED = "published"    # by its publisher, under an open licence
    RELEASED = "released"      # ours, through core.release
    SUPPRESSED = "suppressed"  # hidden to protect people
    RESTRICTED = "restricted"  # not yet released; only for those it is shared with


class Grade(StrEnum):
    """How far a figure can bear weight, from A (count or large sample, recent, local) to E."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place as its publisher codes it; `invented` marks the worked example."""

    kind: str
    code: str
    name: str
    vintage: int
    invented: bool = False


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where a figure comes from, in the words a citation needs."""

    dataset: str
    title: str
    publisher: str
    licence: str
    version: str
    address: str = ""
    attribution: str = ""
    published: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Quality:
    """A grade with its reasons; a grade without reasons is not a grade."""

    grade: Grade
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One statistic. `value` is empty when missing, and then `missing` says why, never both.

    `n` is the number of people, households or areas the value rests on (None: the publisher does not
    say); `base` says of whom or what. `lower`, `upper` bound a 95% interval by `interval_method`.
    """

    value: float | None
    unit: Unit
    base: str
    place: PlaceRef
    period: str
    source: SourceRef
    method: str
    method_version: str
    quality: Quality
    n: int | None = None
    lower: float | None = None
    upper: float | None = None
    interval_method: str = ""
    period_end: date | None = None
    release: Release = Release.PUBLISHED
    missing: str = ""
    decimals: int = 1

    def __post_init__(self) -> None:
        if (self.value is None) == (not self.missing):
            raise ValueError("a figure has a value or a reason why it is missing, and not both")
        if not (self.base and self.period and self.method):
            raise ValueError("a figure needs its base, period and method")

    def suppressed(self, reason: str) -> Self:
        """The same figure with its value, interval and n hidden."""
        return replace(
            self, value=None, lower=None, upper=None, n=None, missing=reason, release=Release.SUPPRESSED
        )

    def as_data(self) -> dict[str, Any]:
        """Plain JSON-ready data, from which `from_data` gives the same figure back."""
        data = asdict(self)
        data["period_end"] = self.period_end.isoformat() if self.period_end else None
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Replay a frozen copy."""
        quality = data["quality"]
        return cls(
            **{
                **data,
                "unit": Unit(data["unit"]),
                "release": Release(data["release"]),
                "place": PlaceRef(**data["place"]),
                "source": SourceRef(**data["source"]),
                "quality": Quality(Grade(quality["grade"]), tuple(quality["reasons"])),
                "period_end": date.fromisoformat(data["period_end"]) if data["period_end"] else None,
            }
        )
