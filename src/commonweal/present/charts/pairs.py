"""Two shares of the same row joined by a line: where they part is seen by its length."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.core.figure import Unit
from commonweal.present import palette, typeface, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.comparison import row_axis
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, field, layer, layered, step
from commonweal.present.series import Point
from commonweal.present.table import DataTable, number_column, text_column


@dataclass(frozen=True, slots=True)
class Pair:
    """One row and its two values."""

    label: str
    first: float
    second: float


def pairs(message: Message, rows: tuple[Pair, ...], *, sides: tuple[str, str], unit: Unit = Unit.PERCENT) -> Chart:
    """Rows in the order given; `sides` says what the diamond and the dot are, the dot in the brand colour."""
    if not rows:
        raise ValueError("pairs need at least one row")
    columns = (text_column("Of"), *(number_column(side, unit, 1) for side in sides))
    table = DataTable(message.title, columns, tuple((row.label, row.first, row.second) for row in rows))
    return drawn(message, Drawing(
        values=("pairs", rows, sides, unit), build=lambda frame: _build(rows, sides, unit, frame), table=table,
    ))


def _build(rows: tuple[Pair, ...], sides: tuple[str, str], unit: Unit, frame: Frame) -> Spec:
    named = row_axis(tuple(Point(row.label, None) for row in rows), 14 if frame.narrow else 26)
    ends = layout.extent([Point(row.label, value) for row in rows for value in (row.first, row.second)])
    x = {
        "scale": {"domain": list(ends), "nice": False, "zero": False},
        "axis": {"labelExpr": layout.tick_expression(unit), "title": None, "tickCount": 4, "grid": False},
    }
    lines: list[Spec] = [{"row": at, "from": row.first, "to": row.second} for at, row in enumerate(rows)]
    marks: list[Spec] = [
        {"row": at, "value": value, "side": side} for at, row in enumerate(rows)
        for side, value in zip(sides, (row.first, row.second), strict=True)
    ]
    rule = layer(lines, {"type": "rule", "strokeWidth": 3, "color": palette.GREY_PALE},
                 {"y": named, "x": field("from:Q", **x), "x2": field("to")})
    dots = layer(
        marks, {"type": "point", "filled": True, "size": 150, "opacity": 1, "stroke": palette.WHITE,
                "strokeWidth": 1.5},
        {"y": named, "x": field("value:Q", **x), **_look(sides, frame)},
    )
    tall = step(50 if frame.narrow else 44)
    return layered([rule, dots, _values(rows, named, unit)], width=frame.width, height=tall)


def _values(rows: tuple[Pair, ...], named: Spec, unit: Unit) -> Spec:
    """Both values written right of the chart, the first and then the second."""
    data: list[Spec] = [
        {"row": at, "text": " / ".join(wording.plain(value, unit, 0) for value in (row.first, row.second))}
        for at, row in enumerate(rows)
    ]
    mark = {"type": "text", "align": "right", "baseline": "middle", "color": palette.INK,
            "x": {"expr": "width + 84"}}
    return layer(data, mark, {"y": named, "text": field("text:N")})


def _look(sides: tuple[str, str], frame: Frame) -> Spec:
    """One legend of both, by shape and colour at once."""
    legend = {"orient": "top", "title": None, "direction": "horizontal", "labelLimit": 0,
              "labelFont": typeface.FACE, "offset": 10, "columnPadding": 18, "symbolSize": 150,
              "columns": 1 if frame.narrow else 2}
    return {
        "color": field("side:N", legend=legend, scale={
            "domain": list(sides), "range": [palette.GREY_DARK, palette.BRAND]}),
        "shape": field("side:N", legend=legend, scale={"domain": list(sides), "range": ["diamond", "circle"]}),
    }
