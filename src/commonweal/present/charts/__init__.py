"""Charts: one message each, direct labels, the place in the brand colour, intervals drawn."""

from __future__ import annotations

from commonweal.core.figure import Unit
from commonweal.present.chart import Chart, Message
from commonweal.present.series import AgeBand, Contribution, Line, Panel, Point


def comparison(message: Message, points: tuple[Point, ...], *, unit: Unit, decimals: int = 1) -> Chart:
    """Dots with their intervals, one row a place, in the order given."""
    raise NotImplementedError


def trend(message: Message, lines: tuple[Line, ...], *, unit: Unit, decimals: int = 1) -> Chart:
    """Lines over time, the place with its interval as a band."""
    raise NotImplementedError


def age_structure(message: Message, bands: tuple[AgeBand, ...], *, place: str) -> Chart:
    """Bars of people by age for the place, the comparator (England unless the bands say otherwise) as an outline."""
    raise NotImplementedError


def small_multiples(message: Message, panels: tuple[Panel, ...], *, unit: Unit, decimals: int = 1) -> Chart:
    """The same comparison for several measures in one unit, side by side."""
    raise NotImplementedError


def peers(message: Message, points: tuple[Point, ...], *, unit: Unit, decimals: int = 1) -> Chart:
    """The place among its neighbours on one line, from least to most."""
    raise NotImplementedError


def contributions(message: Message, rows: tuple[Contribution, ...], *, unit_words: str = "points") -> Chart:
    """What each total is made of, stacked in one order."""
    raise NotImplementedError
