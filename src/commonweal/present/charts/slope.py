"""Two rankings joined by lines: what stands higher on one side than on the other is seen by its slope."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.present import palette
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, field, layer, layered
from commonweal.present.table import DataTable, text_column

ROW = 52


@dataclass(frozen=True, slots=True)
class Sloped:
    """One name with its place on the left and on the right."""

    name: str
    left: int
    right: int


def slope(message: Message, rows: tuple[Sloped, ...], *, sides: tuple[str, str]) -> Chart:
    """Names in two columns by their places; those that change places are drawn in the brand colour."""
    if len(rows) < 2:
        raise ValueError("two rankings need at least two names")
    table = DataTable(
        message.title, (text_column("Outcome"), *(text_column(side) for side in sides)),
        tuple((row.name, str(row.left), str(row.right)) for row in rows), key="two-rankings",
    )
    return drawn(message, Drawing(
        values=("slope", rows, sides), build=lambda frame: _build(rows, sides, frame), table=table,
    ))


def _levels(places: list[int]) -> list[int]:
    """Where each name stands, level ones under one another."""
    order = sorted(range(len(places)), key=lambda at: (places[at], at))
    found = [0] * len(places)
    for level, at in enumerate(order):
        found[at] = level
    return found


def _build(rows: tuple[Sloped, ...], sides: tuple[str, str], frame: Frame) -> Spec:
    ends = ("left", "right")
    left, right = _levels([row.left for row in rows]), _levels([row.right for row in rows])
    letters = 11 if frame.narrow else 24
    data: list[Spec] = [
        {"name": at, "side": side, "x": x, "y": levels[at], "colour": _colour(row),
         "text": layout.broken(f"{getattr(row, side)} {row.name}", letters)}
        for at, row in enumerate(rows) for x, (side, levels) in enumerate(zip(ends, (left, right), strict=True))
    ]
    heads: list[Spec] = [
        {"x": x, "y": -0.8, "side": ends[x], "text": layout.broken(sides[x], letters)} for x in (0, 1)
    ]
    x = field("x:Q", axis=None, scale={"domain": [0, 1]})
    y = field("y:Q", axis=None, scale={"domain": [len(rows) - 0.5, -1.2]})
    colour = field("colour:N", scale=None)
    line = layer(data, {"type": "line", "strokeWidth": 3},
                 {"x": x, "y": y, "detail": field("name:N"), "color": colour})
    dot = {"type": "point", "filled": True, "size": 90, "opacity": 1}
    dots = layer(data, dot, {"x": x, "y": y, "color": colour})
    words: list[Spec] = []
    for side, align, away in (("left", "right", -12), ("right", "left", 12)):
        mark = {"type": "text", "align": align, "baseline": "middle", "dx": away, "lineHeight": frame.size + 2}
        chosen = f"datum.side === '{side}'"
        words.append(layer(data, mark, {"x": x, "y": y, "text": field("text")}, chosen))
        words.append(layer(heads, {**mark, "fontWeight": "bold"}, {"x": x, "y": y, "text": field("text")}, chosen))
    return layered([line, dots, *words], width=frame.width, height=ROW * (len(rows) + 1))


def _colour(row: Sloped) -> str:
    return palette.GREY if row.left == row.right else palette.BRAND
