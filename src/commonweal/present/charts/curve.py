"""A curve of shares: people along the bottom, what they have up the side, beside the line of equal shares."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.present import palette
from commonweal.present.chart import Chart, Message
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, field, layer, layered
from commonweal.present.table import DataTable


@dataclass(frozen=True, slots=True)
class CurveWords:
    """What the two axes count, and what the straight line and the curve are called."""

    along: str
    up: str
    even: str
    curve: str


def curve(message: Message, points: tuple[tuple[float, float], ...], words: CurveWords, table: DataTable) -> Chart:
    """Points from (0, 0) to (1, 1) in order, joined by straight lines, with the table that stands behind them."""
    if len(points) < 2:
        raise ValueError("a curve needs at least two points")
    return drawn(message, Drawing(
        values=("curve", points, words), build=lambda frame: _build(points, words, frame), table=table,
    ))


def _build(points: tuple[tuple[float, float], ...], words: CurveWords, frame: Frame) -> Spec:
    data = [{"x": 100 * x, "y": 100 * y, "at": at} for at, (x, y) in enumerate(points)]
    even = [{"x": 0, "y": 0}, {"x": 100, "y": 100}]
    x, y = _axis("x:Q", words.along), _axis("y:Q", words.up)
    dots = len(points) <= 15
    layers = [
        layer(even, {"type": "line", "color": palette.GREY, "strokeDash": [5, 4], "strokeWidth": 2},
              {"x": x, "y": y}),
        layer(data, {"type": "line", "color": palette.BRAND, "strokeWidth": 3.5},
              {"x": x, "y": y, "order": field("at:Q")}),
        _name(words.even, 50, 50, palette.GREY_DARK, above=not _sags(points)),
        _name(words.curve, *_middle(points), palette.BRAND, above=not _sags(points), inside=True),
    ]
    if dots:
        layers.insert(2, layer(data, {"type": "point", "filled": True, "size": 60, "opacity": 1,
                                      "color": palette.BRAND}, {"x": x, "y": y}))
    return layered(layers, width=frame.width, height=300 if frame.narrow else 380)


def _sags(points: tuple[tuple[float, float], ...]) -> bool:
    """Whether the curve lies below the straight line, on the whole."""
    return sum(y - x for x, y in points) < 0


def _middle(points: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    x, y = max(points, key=lambda point: abs(point[0] - point[1]))
    return 100 * x, 100 * y


def _name(text: str, x: float, y: float, colour: str, *, above: bool, inside: bool = False) -> Spec:
    """A name beside a line: on the far side of the curve from the straight line, or of that from the curve."""
    left = above == inside
    mark = {"type": "text", "align": "right" if left else "left", "dx": -12 if left else 12,
            "dy": -10 if left else 14, "color": colour, "fontWeight": "bold" if inside else "normal"}
    return layer([{"x": x, "y": y, "text": text}], mark,
                 {"x": field("x:Q"), "y": field("y:Q"), "text": field("text:N")})


def _axis(name: str, title: str) -> Spec:
    axis = {"title": title, "tickCount": 5, "labelExpr": "datum.value + '%'"}
    return field(name, scale={"domain": [0, 100], "nice": False}, axis=axis)
