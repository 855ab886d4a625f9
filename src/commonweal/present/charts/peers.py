"""The place among its neighbours: every neighbour a dot on one line, the place named, England a mark."""

from __future__ import annotations

from typing import Any

from commonweal.core.figure import Unit
from commonweal.present import palette, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.comparison import points_table
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.series import Point, Role
from commonweal.present.table import in_order

DOT = 15
BELOW, ABOVE = 34, 30


def peers(message: Message, points: tuple[Point, ...], *, unit: Unit, decimals: int = 1) -> Chart:
    """The place among its neighbours on one line, from least to most."""
    known = tuple(point for point in points if point.value is not None)
    if not known:
        raise ValueError("a strip of peers needs at least one value")
    table = points_table(message.title, points, unit=unit, decimals=decimals)
    return drawn(
        message,
        Drawing(
            values=("peers", known, unit, decimals),
            build=lambda frame: _build(known, unit, decimals, frame),
            table=in_order(table, 1, descending=True),
        ),
    )


def _records(points: tuple[Point, ...], unit: Unit, decimals: int, frame: Frame) -> list[dict[str, Any]]:
    low, high = layout.extent(points)
    inner = frame.width - 2 * _margin(frame)
    across = [((point.value or 0.0) - low) / (high - low) * inner for point in points]
    dotted = [at for at, point in enumerate(points) if point.role is not Role.ENGLAND]
    heights = dict(zip(dotted, layout.levels([across[at] for at in dotted], DOT + 1.0), strict=True))
    return [
        {
            "x": across[at],
            "up": heights.get(at, 0),
            "role": point.role.value,
            "rank": {Role.COMPARATOR: 0, Role.ENGLAND: 1, Role.PLACE: 2}[point.role],
            "name": point.label,
            "text": wording.plain(point.value or 0.0, unit, decimals),
        }
        for at, point in enumerate(points)
    ]


def _margin(frame: Frame) -> int:
    return 20 if frame.narrow else 40


def _labelled(rows: list[dict[str, Any]], width: float) -> list[dict[str, Any]]:
    """Names for the place (above), England (above, further up) and the two ends (below)."""
    ends = sorted((row for row in rows if row["role"] == Role.COMPARATOR.value), key=lambda row: row["x"])
    chosen = [row for row in rows if row["role"] != Role.COMPARATOR.value] + ([ends[0], ends[-1]] if ends else [])
    close = len(ends) > 1 and ends[-1]["x"] - ends[0]["x"] < 170
    named = []
    for row in chosen:
        side = "left" if row["x"] < width * 0.25 else "right" if row["x"] > width * 0.75 else "center"
        if close and row["role"] == Role.COMPARATOR.value:
            side = "right" if row is ends[0] else "left"
        named.append({**row, "side": side, "words": [row["name"], row["text"]]})
    return named


def _build(points: tuple[Point, ...], unit: Unit, decimals: int, frame: Frame) -> Any:
    import altair as alt

    rows = _records(points, unit, decimals, frame)
    inner = frame.width - 2 * _margin(frame)
    tall = max(row["up"] for row in rows) * DOT
    foot = ABOVE * 2 + 24 + tall
    for row in rows:
        row["y"] = foot - row["up"] * DOT
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, inner], range=[0, inner], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, foot + BELOW], range=[0, foot + BELOW], nice=False), axis=None)
    return alt.layer(*_layers(rows, x, y, (inner, foot, tall))).properties(
        width=inner,
        height=foot + BELOW + 16,
        autosize=alt.AutoSizeParams(type="none"),
        padding={"left": _margin(frame), "right": _margin(frame), "top": 4, "bottom": 4},
    )


def _layers(rows: list[dict[str, Any]], x: Any, y: Any, room: tuple[float, float, float]) -> list[Any]:
    import altair as alt

    inner, foot, tall = room
    line = alt.Chart(alt.Data(values=[{"a": 0, "b": inner, "y": foot}])).mark_rule(
        color=palette.GREY_PALE, strokeWidth=2
    ).encode(x=alt.X("a:Q", axis=None), x2="b:Q", y=y)
    base = alt.Chart(alt.Data(values=rows)).encode(x=x)
    dots = [
        base.transform_filter(f"datum.role === '{role.value}'")
        .mark_point(filled=True, size=size, color=colour, opacity=opacity, stroke=palette.WHITE, strokeWidth=1)
        .encode(y=y)
        for role, size, colour, opacity in (
            (Role.COMPARATOR, 150, palette.GREY, 0.75), (Role.PLACE, 260, palette.BRAND, 1.0),
        )
    ]
    england = base.transform_filter(f"datum.role === '{Role.ENGLAND.value}'").mark_rule(
        color=palette.GREY_DARK, strokeWidth=2, strokeDash=[5, 3], y=ABOVE + 8, y2=foot + 12
    )
    return [line, england, *dots, *_words(_labelled(rows, inner), x, foot - tall)]


def _words(named: list[dict[str, Any]], x: Any, top: float) -> list[Any]:
    import altair as alt

    layers = []
    heights = {Role.PLACE.value: top - 36, Role.ENGLAND.value: 8, Role.COMPARATOR.value: None}
    for row in named:
        y = heights[row["role"]]
        own = row["role"] == Role.PLACE.value
        look = {
            "align": row["side"],
            "baseline": "top",
            "lineHeight": 17,
            "fontWeight": "bold" if own else "normal",
            "y": {"expr": f"{y}"} if y is not None else {"expr": "height - 34"},
        }
        chart = alt.Chart(alt.Data(values=[row])).encode(x=x, text="words:N")
        layers.append(chart.mark_text(**look, stroke=palette.WHITE, strokeWidth=5, color=palette.WHITE))
        layers.append(chart.mark_text(**look, color=palette.BRAND if own else palette.GREY_DARK))
    return layers
