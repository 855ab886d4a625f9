"""The place over time: its line and interval in the brand colour, others grey, names at the lines' ends."""

from __future__ import annotations

from typing import Any

from commonweal.core.figure import Unit
from commonweal.present import palette, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.comparison import by_role
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.series import Line, Point, Role
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column

HEIGHT = {False: 280, True: 240}


def trend(message: Message, lines: tuple[Line, ...], *, unit: Unit, decimals: int = 1) -> Chart:
    """Lines over time, the place with its interval as a band."""
    if not lines or not any(point.value is not None for line in lines for point in line.points):
        raise ValueError("a trend needs a line with at least one value")
    return drawn(
        message,
        Drawing(
            values=("trend", lines, unit, decimals),
            build=lambda frame: _build(lines, unit, decimals, frame),
            table=_table(message.title, lines, unit, decimals),
        ),
    )


def _periods(lines: tuple[Line, ...]) -> list[str]:
    """Every period once, in the order of the longest line, others put in where they fall."""
    ordered: list[str] = []
    for line in sorted(lines, key=lambda line: -len(line.points)):
        at = 0
        for point in line.points:
            if point.label in ordered:
                at = ordered.index(point.label) + 1
            else:
                ordered.insert(at, point.label)
                at += 1
    return ordered


def _table(caption: str, lines: tuple[Line, ...], unit: Unit, decimals: int) -> DataTable:
    columns = [text_column("Period"), *(number_column(line.name, unit, decimals) for line in lines)]
    found = [{point.label: point for point in line.points} for line in lines]
    rows = tuple(
        (period, *(_cell(points.get(period)) for points in found)) for period in _periods(lines)
    )
    return DataTable(caption, tuple(columns), rows)


def _cell(point: Point | None) -> Cell:
    if point is None:
        return Missing("not published")
    return point.value if point.value is not None else Missing(point.missing)


def _records(lines: tuple[Line, ...], periods: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "line": number,
            "role": line.role.value,
            "step": periods.index(point.label),
            "value": point.value,
            "lower": point.lower,
            "upper": point.upper,
        }
        for number, line in enumerate(lines)
        for point in line.points
    ]


def _ends(
    lines: tuple[Line, ...], periods: list[str], domain: tuple[float, float], frame: Frame
) -> list[dict[str, Any]]:
    """Where each line's name stands: beside its last value, moved so that no name covers another."""
    known = [(line, [point for point in line.points if point.value is not None]) for line in lines]
    chosen = [(line, points[-1]) for line, points in known if points]
    per_pixel = (domain[1] - domain[0]) / HEIGHT[frame.narrow]
    tall = 2.5 if frame.narrow else 1.25
    gap = frame.size * tall * per_pixel
    values = [point.value or 0.0 for _, point in chosen]
    places = layout.spread(values, gap, domain[0] + gap / 2, domain[1] - gap / 4)
    return [
        {"role": line.role.value, "name": line.name, "place": place, "value": point.value,
         "step": periods.index(point.label)}
        for (line, point), place in zip(chosen, places, strict=True)
    ]


def _build(lines: tuple[Line, ...], unit: Unit, decimals: int, frame: Frame) -> Any:
    import altair as alt

    periods = _periods(lines)
    domain = layout.extent([point for line in lines for point in line.points])
    x, y = _axes(periods, domain, unit, frame)
    ends = _ends(lines, periods, domain, frame)
    for end in ends:
        value = wording.plain(end["value"], unit, decimals)
        end["text"] = [*layout.broken(end["name"], 12)[:2], value] if frame.narrow else f"{value}  {end['name']}"
    layers = _line_layers(lines, periods, x, y)
    return alt.layer(*layers, *_end_layers(ends, x, y, frame)).properties(
        width=frame.width,
        height=HEIGHT[frame.narrow],
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 2, "right": 4, "top": 10, "bottom": 4},
    )


def _axes(periods: list[str], domain: tuple[float, float], unit: Unit, frame: Frame) -> tuple[Any, Any]:
    import altair as alt

    longest = max(map(len, periods))
    room = frame.width - (150 if frame.narrow else 260)
    letters = min(longest, 10 if frame.narrow else 14)
    shown = layout.shown_ticks(len(periods), room, round(letters * frame.size * 0.55) + 14)
    words = layout.label_expression(periods, letters)
    x = alt.X(
        "step:Q",
        scale=alt.Scale(domain=[0, max(len(periods) - 1, 1)], nice=False, zero=False),
        axis=alt.Axis(values=shown, labelExpr=words, title=None, grid=False, ticks=True, tickColor=palette.GREY,
                      labelOverlap=False, labelFlush=False),
    )
    scale = alt.Scale(domain=list(domain), nice=False, zero=False)
    axis = alt.Axis(labelExpr=layout.tick_expression(unit), title=layout.axis_title(unit), tickCount=5)
    return x, alt.Y("value:Q", scale=scale, axis=axis)


def _line_layers(lines: tuple[Line, ...], periods: list[str], x: Any, y: Any) -> list[Any]:
    import altair as alt

    colour = by_role("color", layout.COLOUR)
    base = alt.Chart(alt.Data(values=_records(lines, periods))).encode(x=x)
    place = base.transform_filter(f"datum.role === '{Role.PLACE.value}'")
    band = place.transform_filter("isValid(datum.lower) && isValid(datum.upper)").mark_area(
        color=palette.BRAND, opacity=0.16
    ).encode(y=alt.Y("lower:Q", title=None), y2="upper:Q", detail="line:N")
    others = base.transform_filter(f"datum.role !== '{Role.PLACE.value}'").mark_line(
        strokeWidth=2, invalid="break-paths-show-domains"
    ).encode(y=y, color=colour, detail="line:N", strokeDash=_dashes())
    own = place.mark_line(strokeWidth=3.5, invalid="break-paths-show-domains").encode(
        y=y, color=colour, detail="line:N"
    )
    dots = place.mark_point(filled=True, size=50, opacity=1).encode(y=y, color=colour)
    return [band, others, own, dots]


def _dashes() -> Any:
    import altair as alt

    scale = alt.Scale(domain=[role.value for role in Role], range=[[1, 0], [1, 0], [5, 3]])
    return alt.StrokeDash("role:N", scale=scale, legend=None)


def _end_layers(ends: list[dict[str, Any]], x: Any, y: Any, frame: Frame) -> list[Any]:
    import altair as alt

    base = alt.Chart(alt.Data(values=ends))
    weight = {"expr": f"datum.role === '{Role.PLACE.value}' ? 'bold' : 'normal'"}
    names = base.mark_text(
        align="left", baseline="middle", x={"expr": "width + 12"}, fontWeight=weight, lineHeight=frame.size + 2
    ).encode(y=alt.Y("place:Q", title=None), text="text:N",
             color=by_role("color", layout.COLOUR))
    dots = base.mark_point(filled=True, size=90, opacity=1, stroke=palette.WHITE).encode(
        x=x, y=y, color=by_role("color", layout.COLOUR), shape=by_role("shape", layout.SHAPE)
    )
    return [dots, names]
