"""A trade drawn: what is earned along the bottom, who is reached up the side, a line for each kind of choice."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.present import palette
from commonweal.present.chart import Chart, Message
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, field, layer, layered
from commonweal.present.table import DataTable


@dataclass(frozen=True, slots=True)
class TradePoint:
    """One choice: where it lies, and from where to where up the side it may be."""

    along: float
    up: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class TradeLine:
    """Choices of one kind, in order along the bottom."""

    name: str
    points: tuple[TradePoint, ...]


@dataclass(frozen=True, slots=True)
class TradeWords:
    """What the two axes count, and what today is called."""

    along: str
    up: str
    today: str


def trade(
    message: Message, lines: tuple[TradeLine, TradeLine], today: tuple[float, float], words: TradeWords,
    table: DataTable,
) -> Chart:
    """Two kinds of choice beside each other, the first in the brand's colour, and today among them."""
    if not all(one.points for one in lines):
        raise ValueError("each line of a trade needs at least one choice")
    return drawn(message, Drawing(
        values=("trade", lines, today, words), build=lambda frame: _build(lines, today, words, frame), table=table,
    ))


def _build(
    lines: tuple[TradeLine, TradeLine], today: tuple[float, float], words: TradeWords, frame: Frame
) -> Spec:
    x, y = _axis("x:Q", words.along, frame, money=True), _axis("y:Q", words.up, frame)
    layers: list[Spec] = []
    colours = (palette.BRAND, palette.GREY_DARK)
    for at in (1, 0):
        layers += _line(lines[at], colours[at], x, y, dashed=at == 1)
    for at in (1, 0):
        layers.append(_named(lines[at], colours[at], first=at == 1))
    here = [{"x": today[0], "y": today[1], "text": words.today}]
    layers.append(layer(here, {"type": "point", "shape": "diamond", "filled": True, "size": 190, "opacity": 1,
                               "color": palette.INK}, {"x": x, "y": y}))
    layers.append(layer(here, {"type": "text", "align": "right", "dx": -8, "dy": 20, "fontWeight": "bold",
                               "color": palette.INK},
                        {"x": field("x:Q"), "y": field("y:Q"), "text": field("text:N")}))
    return layered(layers, width=frame.width, height=320 if frame.narrow else 400)


def _line(line: TradeLine, colour: str, x: Spec, y: Spec, *, dashed: bool) -> list[Spec]:
    rows = [{"x": one.along, "y": one.up, "low": one.least, "high": one.most, "at": at}
            for at, one in enumerate(line.points)]
    look = {"strokeDash": [6, 4]} if dashed else {}
    return [
        layer(rows, {"type": "rule", "color": colour, "opacity": 0.35, "strokeWidth": 3},
              {"x": x, "y": {**y, "field": "low"}, "y2": field("high")}),
        layer(rows, {"type": "line", "color": colour, "strokeWidth": 3, **look},
              {"x": x, "y": y, "order": field("at:Q")}),
        layer(rows, {"type": "point", "filled": True, "size": 55, "opacity": 1, "color": colour},
              {"x": x, "y": y}),
    ]


def _named(line: TradeLine, colour: str, *, first: bool) -> Spec:
    """The name at the end of least income, where the lines part most, on the side away from the other line."""
    one = line.points[0]
    mark = {"type": "text", "align": "left" if first else "right", "dx": 8 if first else -8,
            "dy": 24 if first else -12, "color": colour, "fontWeight": "bold"}
    return layer([{"x": one.along, "y": one.up, "text": line.name}], mark,
                 {"x": field("x:Q"), "y": field("y:Q"), "text": field("text:N")})


def _axis(name: str, title: str, frame: Frame, *, money: bool = False) -> Spec:
    millions, thousands = "format(datum.value / 1e6, '.1f') + 'm'", "format(datum.value / 1e3, ',') + 'k'"
    said = f"'£' + (datum.value >= 1e6 ? {millions} : {thousands})"
    label = {"labelExpr": f"datum.value === 0 ? '£0' : {said}"} if money else {}
    axis = {"title": title, "tickCount": 4 if frame.narrow else 6, **label}
    return field(name, scale={"zero": False, "nice": True}, axis=axis)
