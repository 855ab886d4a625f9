"""What a map is drawn from: shapes with values, outlines with names, sites, and the scale they are shaded by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AreaShape:
    """One small area. `geometry` is WKB in longitude and latitude; `text` is its value in words."""

    code: str
    name: str
    geometry: bytes
    value: float | None
    text: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A larger area drawn as a line (ward, district); `label` is written inside where it fits."""

    name: str
    geometry: bytes
    label: bool = True
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A place people go. `kind` in words ('Library', 'Museum', 'Swimming pool') decides the symbol."""

    name: str
    kind: str
    lon: float
    lat: float
    href: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One class of a scale: values from `low` to below `high` (the last includes `high`)."""

    low: float
    high: float
    label: str
    note: str = ""

    @property
    def words(self) -> str:
        """The label with what it means, for a table."""
        return f"{self.label} ({self.note})" if self.note else self.label


@dataclass(frozen=True, slots=True)
class Scale:
    """Up to five bands from greatest need (darkest) to least, and what they measure.

    With `colours`, one a band, the bands are kinds and not steps of one measure.
    """

    title: str
    bands: tuple[Band, ...]
    missing: str = "Not known"
    colours: tuple[str, ...] = ()

    def band_of(self, value: float | None) -> int | None:
        """Which band a value falls in, counted from the greatest need; None where missing or outside."""
        if value is None:
            return None
        for place, band in enumerate(self.bands):
            if band.low <= value < band.high or (value == band.high == self._top):
                return place
        return None

    @property
    def _top(self) -> float:
        return max(band.high for band in self.bands)
