"""The place beside others: a dot a row with its interval, the value written where the eye ends."""

from __future__ import annotations

from typing import Any

from commonweal.core.figure import Unit
from commonweal.present import palette, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.draw import Drawing, Frame, drawn
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


def records(points: tuple[Point, ...], unit: Unit, decimals: int) -> list[dict[str, Any]]:
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


def by_role(field: str, values: dict[Role, str]) -> Any:
    """An encoding of a role by colour or shape, without a legend: labels say who is who."""
    import altair as alt

    scale = alt.Scale(domain=[role.value for role in values], range=list(values.values()))
    channel = alt.Color if field == "color" else alt.Shape
    return channel("role:N", scale=scale, legend=None)


def row_axis(points: tuple[Point, ...], letters: int) -> Any:
    """Rows named at the left, the place in bold, a dotted line to lead the eye."""
    import altair as alt

    bold = alt.condition(layout.place_test(points), alt.value("bold"), alt.value("normal"))
    axis = alt.Axis(
        labelExpr=layout.label_expression([point.label for point in points], letters),
        labelFontWeight=bold,
        labelColor=palette.INK,
        labelLimit=0,
        grid=True,
        gridDash=[1, 4],
        gridColor=palette.GREY_PALE,
    )
    return alt.Y("row:O", title=None, sort=None, axis=axis)


def dots(base: Any, scale: Any, axis: Any) -> list[Any]:
    """The interval as a bar, the value as a dot on it: filled for the place, a diamond for England."""
    import altair as alt

    colour = by_role("color", layout.COLOUR)
    known = base.transform_filter("datum.known")
    bar = known.mark_rule(strokeWidth=8, opacity=0.3).transform_filter("isValid(datum.lower)")
    dot = known.mark_point(filled=True, size=150, opacity=1, stroke=palette.WHITE, strokeWidth=1.5)
    return [
        bar.encode(x=alt.X("lower:Q", scale=scale, axis=axis), x2="upper:Q", color=colour),
        dot.encode(x=alt.X("value:Q", scale=scale, axis=axis), color=colour, shape=by_role("shape", layout.SHAPE)),
    ]


def value_column(base: Any, end: str, field: str, *, quiet: bool = False) -> Any:
    """Values written in a column right of the chart, ending at `end`, a Vega expression."""
    import altair as alt

    weight = "normal" if quiet else {"expr": f"datum.role === '{Role.PLACE.value}' ? 'bold' : 'normal'"}
    mark = base.mark_text(
        align="right",
        baseline="middle",
        color=palette.GREY_DARK if quiet else palette.INK,
        fontWeight=weight,
        x={"expr": end},
    )
    return mark.encode(text=alt.Text(f"{field}:N"))


def missing_words(base: Any) -> Any:
    """Why there is no dot, where the dot would be."""
    mark = base.mark_text(align="left", fontStyle="italic", color=palette.GREY_DARK, x=4)
    return mark.encode(text="missing:N")


def _build(points: tuple[Point, ...], unit: Unit, decimals: int, frame: Frame) -> Any:
    import altair as alt

    spans = not frame.narrow and any(point.lower is not None for point in points)
    longest = max(len(row["text"]) for row in records(points, unit, decimals))
    values_end = 20 + round(longest * frame.size * 0.6)
    right = values_end + (136 if spans else 4)
    base = alt.Chart(alt.Data(values=records(points, unit, decimals))).encode(
        y=row_axis(points, 14 if frame.narrow else 26)
    )
    scale = alt.Scale(domain=list(layout.extent(points)), nice=False, zero=False)
    axis = alt.Axis(labelExpr=layout.tick_expression(unit), title=layout.axis_title(unit), tickCount=4, grid=False)
    layers = [*dots(base, scale, axis), missing_words(base), value_column(base, f"width + {values_end}", "text")]
    if spans:
        layers.append(value_column(base, f"width + {right - 4}", "span", quiet=True))
    return alt.layer(*layers).properties(
        width=frame.width,
        height=alt.Step(48 if frame.narrow else 40),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 2, "right": 4, "top": 4, "bottom": 4},
    )
