"""The place beside others: a dot a row with its interval, the value written where the eye ends."""

from __future__ import annotations

from typing import Any

from commonweal.core.figure import Unit
from commonweal.present import palette, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, field, layer, layered, step, when
from commonweal.present.series import Point, Role
from commonweal.present.table import Cell, Column, DataTable, Missing, number_column, text_column


def comparison(message: Message, points: tuple[Point, ...], *, unit: Unit, decimals: int = 1) -> Chart:
    """Dots with their intervals, one row a place, in the order given."""
    if not points:
        raise ValueError("a comparison needs at least one point")
    return drawn(
        message,
        Drawing(
            values=("comparison", points, unit, decimals),
            build=lambda frame: _build(points, unit, decimals, frame),
            table=points_table(message.title, points, unit=unit, decimals=decimals),
        ),
    )


def points_table(caption: str, points: tuple[Point, ...], *, unit: Unit, decimals: int) -> DataTable:
    """The values behind a chart of points."""
    interval = any(point.lower is not None for point in points)
    columns: tuple[Column, ...] = (text_column("Place"), number_column("Value", unit, decimals))
    if interval:
        columns += (number_column("From", unit, decimals), number_column("To", unit, decimals))
    return DataTable(caption, columns, tuple(_row(point, interval) for point in points))


def _row(point: Point, interval: bool) -> tuple[Cell, ...]:
    value: Cell = point.value if point.value is not None else Missing(point.missing)
    if not interval:
        return (point.label, value)
    ends = (end if end is not None else Missing("not published") for end in (point.lower, point.upper))
    return (point.label, value, *ends)


def records(points: tuple[Point, ...], unit: Unit, decimals: int) -> list[Spec]:
    """Rows for the chart's layers."""
    return [
        {
            "row": number,
            "value": point.value,
            "lower": point.lower,
            "upper": point.upper,
            "role": point.role.value,
            "text": "" if point.value is None else wording.plain(point.value, unit, decimals),
            "missing": point.missing if point.value is None else "",
            "span": wording.short_interval(point.lower, point.upper, unit, decimals),
            "known": point.value is not None,
        }
        for number, point in enumerate(points)
    ]


def by_role(values: dict[Role, str]) -> Spec:
    """A role shown by colour or shape, without a legend: labels say who is who."""
    scale = {"domain": [role.value for role in values], "range": list(values.values())}
    return field("role:N", scale=scale, legend=None)


def row_axis(points: tuple[Point, ...], letters: int, **more: Any) -> Spec:
    """Rows named at the left, the place in bold, a dotted line to lead the eye."""
    axis = {
        "labelExpr": layout.label_expression([point.label for point in points], letters),
        "labelFontWeight": when(layout.place_test(points), "bold", "normal"),
        "labelColor": palette.INK,
        "labelLimit": 0,
        "grid": True,
        "gridDash": [1, 4],
        "gridColor": palette.GREY_PALE,
    }
    return field("row:O", title=None, sort=None, axis=axis | more)


def dots(data: list[Spec], rows: Spec, x: Spec) -> list[Spec]:
    """The interval as a bar, the value as a dot on it: filled for the place, a diamond for England."""
    colour, shape = by_role(layout.COLOUR), by_role(layout.SHAPE)
    bar = layer(
        data, {"type": "rule", "strokeWidth": 8, "opacity": 0.3},
        {"y": rows, "x": field("lower:Q", **x), "x2": field("upper"), "color": colour},
        "datum.known", "isValid(datum.lower)",
    )
    dot = layer(
        data,
        {"type": "point", "filled": True, "size": 150, "opacity": 1, "stroke": palette.WHITE, "strokeWidth": 1.5},
        {"y": rows, "x": field("value:Q", **x), "color": colour, "shape": shape}, "datum.known",
    )
    return [bar, dot]


def value_column(data: list[Spec], rows: Spec, end: str, *, of: str = "text") -> Spec:
    """Values written in a column right of the chart, ending at `end`, a Vega expression; spans in quiet grey."""
    quiet = of == "span"
    mark = {
        "type": "text",
        "align": "right",
        "baseline": "middle",
        "color": palette.GREY_DARK if quiet else palette.INK,
        "fontWeight": "normal" if quiet else {"expr": f"datum.role === '{Role.PLACE.value}' ? 'bold' : 'normal'"},
        "x": {"expr": end},
    }
    return layer(data, mark, {"y": rows, "text": field(f"{of}:N")})


def missing_words(data: list[Spec], rows: Spec) -> Spec:
    """Why there is no dot, where the dot would be."""
    mark = {"type": "text", "align": "left", "fontStyle": "italic", "color": palette.GREY_DARK, "x": 4}
    return layer(data, mark, {"y": rows, "text": field("missing:N")})


def _build(points: tuple[Point, ...], unit: Unit, decimals: int, frame: Frame) -> Spec:
    spans = not frame.narrow and any(point.lower is not None for point in points)
    data = records(points, unit, decimals)
    values_end = 20 + round(max(len(row["text"]) for row in data) * frame.size * 0.6)
    right = values_end + (136 if spans else 4)
    rows = row_axis(points, 14 if frame.narrow else 26)
    x = {
        "scale": {"domain": list(layout.extent(points)), "nice": False, "zero": False},
        "axis": {"labelExpr": layout.tick_expression(unit), "title": layout.axis_title(unit), "tickCount": 4,
                 "grid": False},
    }
    layers = [*dots(data, rows, x), missing_words(data, rows), value_column(data, rows, f"width + {values_end}")]
    if spans:
        layers.append(value_column(data, rows, f"width + {right - 4}", of="span"))
    return layered(layers, width=frame.width, height=step(48 if frame.narrow else 40))
