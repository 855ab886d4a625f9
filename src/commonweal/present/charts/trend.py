"""The place over time: its line and interval in the brand colour, others grey, names at the lines' ends."""

from __future__ import annotations

from commonweal.core.figure import Unit
from commonweal.present import palette, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.comparison import by_role
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, field, layer, layered
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


def _records(lines: tuple[Line, ...], periods: list[str]) -> list[Spec]:
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
) -> list[Spec]:
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


def _build(lines: tuple[Line, ...], unit: Unit, decimals: int, frame: Frame) -> Spec:
    periods = _periods(lines)
    domain = layout.extent([point for line in lines for point in line.points])
    x, y = _along(periods, frame), _up(domain, unit)
    ends = _ends(lines, periods, domain, frame)
    for end in ends:
        value = wording.plain(end["value"], unit, decimals)
        end["text"] = [*layout.broken(end["name"], 12)[:2], value] if frame.narrow else f"{value}  {end['name']}"
    return layered(
        [*_line_layers(_records(lines, periods), x, y), *_end_layers(ends, x, y, frame)],
        width=frame.width, height=HEIGHT[frame.narrow], padding={"left": 2, "right": 4, "top": 10, "bottom": 4},
    )


def _along(periods: list[str], frame: Frame) -> Spec:
    longest = max(map(len, periods))
    room = frame.width - (150 if frame.narrow else 260)
    letters = min(longest, 10 if frame.narrow else 14)
    shown = layout.shown_ticks(len(periods), room, round(letters * frame.size * 0.55) + 14)
    axis = {"values": shown, "labelExpr": layout.label_expression(periods, letters), "title": None, "grid": False,
            "ticks": True, "tickColor": palette.GREY, "labelOverlap": False, "labelFlush": False}
    scale = {"domain": [0, max(len(periods) - 1, 1)], "nice": False, "zero": False}
    return field("step:Q", scale=scale, axis=axis)


def _up(domain: tuple[float, float], unit: Unit) -> Spec:
    axis = {"labelExpr": layout.tick_expression(unit), "title": layout.axis_title(unit), "tickCount": 5}
    return field("value:Q", scale={"domain": list(domain), "nice": False, "zero": False}, axis=axis)


def _line_layers(data: list[Spec], x: Spec, y: Spec) -> list[Spec]:
    colour, apart = by_role(layout.COLOUR), field("line:N")
    here, there = f"datum.role === '{Role.PLACE.value}'", f"datum.role !== '{Role.PLACE.value}'"
    line = {"type": "line", "invalid": "break-paths-show-domains"}
    band = layer(
        data, {"type": "area", "color": palette.BRAND, "opacity": 0.16},
        {"x": x, "y": field("lower:Q", title=None), "y2": field("upper"), "detail": apart},
        here, "isValid(datum.lower) && isValid(datum.upper)",
    )
    others = layer(data, {**line, "strokeWidth": 2},
                   {"x": x, "y": y, "color": colour, "detail": apart, "strokeDash": _dashes()}, there)
    own = layer(data, {**line, "strokeWidth": 3.5}, {"x": x, "y": y, "color": colour, "detail": apart}, here)
    dots = layer(data, {"type": "point", "filled": True, "size": 50, "opacity": 1},
                 {"x": x, "y": y, "color": colour}, here)
    return [band, others, own, dots]


def _dashes() -> Spec:
    scale = {"domain": [role.value for role in Role], "range": [[1, 0], [1, 0], [5, 3]]}
    return field("role:N", scale=scale, legend=None)


def _end_layers(ends: list[Spec], x: Spec, y: Spec, frame: Frame) -> list[Spec]:
    colour = by_role(layout.COLOUR)
    mark = {
        "type": "text", "align": "left", "baseline": "middle", "x": {"expr": "width + 12"},
        "fontWeight": {"expr": f"datum.role === '{Role.PLACE.value}' ? 'bold' : 'normal'"},
        "lineHeight": frame.size + 2,
    }
    place = field("place:Q", title=None)
    names = layer(ends, mark, {"y": place, "text": field("text:N"), "color": colour})
    dots = layer(
        ends, {"type": "point", "filled": True, "size": 90, "opacity": 1, "stroke": palette.WHITE},
        {"x": x, "y": y, "color": colour, "shape": by_role(layout.SHAPE)},
    )
    return [dots, names]
