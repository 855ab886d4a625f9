"""How numbers, intervals, places and sources are written, the same on every page and in every document."""

from __future__ import annotations

from commonweal.core.figure import Figure, SourceRef, Unit


def written(value: float, unit: Unit, decimals: int = 1) -> str:
    """A value with its unit: 27.2%, £1,234, 12.3 per 1,000."""
    raise NotImplementedError


def spoken(figure: Figure) -> str:
    """A figure in words, or why it is missing."""
    raise NotImplementedError


def interval(figure: Figure) -> str:
    """'between 24.1% and 30.5%'; empty where no interval is known."""
    raise NotImplementedError


def citation(source: SourceRef) -> str:
    """A source as a reader would look it up."""
    raise NotImplementedError
