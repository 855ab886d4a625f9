"""Decisions charts share: how far an axis runs, where labels break, how rows and columns are spaced."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from commonweal.core.figure import Unit
from commonweal.present import palette
from commonweal.present.guard import printable
from commonweal.present.series import Point, Role
from commonweal.present.wording import PER

COLOUR = {Role.PLACE: palette.BRAND, Role.ENGLAND: palette.GREY_DARK, Role.COMPARATOR: palette.GREY}
AXIS_WORDS = {
    Unit.YEARS: "years", Unit.MEAN_0_10: "out of 10", Unit.KILOMETRES: "kilometres", Unit.DECILE: "tenth",
}
SHAPE = {Role.PLACE: "circle", Role.ENGLAND: "diamond", Role.COMPARATOR: "circle"}


def extent(points: Iterable[Point], *, room: float = 0.06) -> tuple[float, float]:
    """Where the axis begins and ends: from zero where values reach half way down to it, else around them."""
    values = [
        number for point in points for number in (point.value, point.lower, point.upper) if number is not None
    ]
    if not values:
        return (0.0, 1.0)
    low, high = min(values), max(values)
    if low >= 0 and low <= 0.5 * high:
        low = 0.0
    span = (high - low) or abs(high) or 1.0
    return (low if low == 0 else low - room * span, high + room * span)


def tick_expression(unit: Unit) -> str:
    """How an axis writes its numbers, as a Vega expression."""
    bare = "format(datum.value, ',.6~g')"
    if unit is Unit.PERCENT:
        return f"{bare} + '%'"
    if unit is Unit.POUNDS:
        return f"'£' + {bare}"
    return bare


def axis_title(unit: Unit) -> str | None:
    """What the numbers of an axis are, where the numbers do not say it themselves."""
    if unit in PER:
        return f"per {PER[unit]}"
    return AXIS_WORDS.get(unit)


def broken(words: str, size: int) -> list[str]:
    """Words on up to three lines of about `size` letters, never breaking inside a word."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > size and lines[-1] and len(lines) < 3:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def label_expression(labels: Sequence[str], size: int) -> str:
    """Row labels by their number, as a Vega expression; so that two rows may have one name."""
    return f"{json.dumps([broken(printable(label), size) for label in labels])}[datum.value]"


def place_test(points: Sequence[Point]) -> str:
    """True for the rows of the place, as a Vega expression."""
    chosen = [number for number, point in enumerate(points) if point.role is Role.PLACE]
    return f"indexof({json.dumps(chosen)}, datum.value) >= 0"


def shown_ticks(count: int, room: int, width: int) -> list[int]:
    """Which of `count` steps along an axis carry a label: first and last always, the rest where they fit."""
    if count <= 2:
        return list(range(count))
    fitting = max(2, room // width)
    step = max(1, math.ceil((count - 1) / (fitting - 1)))
    chosen = list(range(count - 1, -1, -step))[::-1]
    return chosen if chosen[0] == 0 else [0, *[place for place in chosen if place >= step]]


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions moved as little as may be, so that neighbours are `gap` apart and all lie between low and high."""
    order = sorted(range(len(positions)), key=lambda at: positions[at])
    placed = [positions[at] for at in order]
    for _ in range(200):
        moved = False
        for one, other in pairwise(range(len(placed))):
            short = gap - (placed[other] - placed[one])
            if short > 1e-9:
                placed[one] -= short / 2
                placed[other] += short / 2
                moved = True
        placed = [min(max(place, low), high) for place in placed]
        if not moved:
            break
    result = [0.0] * len(placed)
    for at, place in zip(order, placed, strict=True):
        result[at] = place
    return result


def levels(positions: Sequence[float], gap: float) -> list[int]:
    """How high each dot must stand so that none covers another, for dots `gap` wide on one line."""
    heights = [0] * len(positions)
    placed: list[tuple[float, int]] = []
    for at in sorted(range(len(positions)), key=lambda at: positions[at]):
        taken = {height for place, height in placed if positions[at] - place < gap}
        heights[at] = next(height for height in range(len(positions) + 1) if height not in taken)
        placed.append((positions[at], heights[at]))
    return heights
