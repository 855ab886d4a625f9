"""The place among its neighbours: every neighbour a dot on one line, the place named, England a mark."""

from __future__ import annotations

from commonweal.core.figure import Unit
from commonweal.present import palette, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.comparison import points_table
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, field, layer, layered
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


def _records(points: tuple[Point, ...], unit: Unit, decimals: int, frame: Frame) -> list[Spec]:
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


def _labelled(rows: list[Spec], width: float) -> list[Spec]:
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


def _build(points: tuple[Point, ...], unit: Unit, decimals: int, frame: Frame) -> Spec:
    rows = _records(points, unit, decimals, frame)
    inner = frame.width - 2 * _margin(frame)
    tall = max(row["up"] for row in rows) * DOT
    foot = ABOVE * 2 + 24 + tall
    for row in rows:
        row["y"] = foot - row["up"] * DOT
    layers = _layers(rows, _line(inner), _line(foot + BELOW), (inner, foot, tall))
    return layered(
        layers, width=inner, height=foot + BELOW + 16, autosize={"type": "none"},
        padding={"left": _margin(frame), "right": _margin(frame), "top": 4, "bottom": 4},
    )


def _line(length: float) -> Spec:
    """A scale in pixels, without an axis."""
    return {"scale": {"domain": [0, length], "range": [0, length], "nice": False}, "axis": None}


def _layers(rows: list[Spec], across: Spec, up: Spec, room: tuple[float, float, float]) -> list[Spec]:
    inner, foot, tall = room
    x, y = field("x:Q", **across), field("y:Q", **up)
    line = layer(
        [{"a": 0, "b": inner, "y": foot}], {"type": "rule", "color": palette.GREY_PALE, "strokeWidth": 2},
        {"x": field("a:Q", axis=None), "x2": field("b"), "y": y},
    )
    look = {"type": "point", "filled": True, "stroke": palette.WHITE, "strokeWidth": 1}
    dots = [
        layer(rows, {**look, "size": size, "color": colour, "opacity": opacity}, {"x": x, "y": y}, _of(role))
        for role, size, colour, opacity in (
            (Role.COMPARATOR, 150, palette.GREY, 0.75), (Role.PLACE, 260, palette.BRAND, 1.0),
        )
    ]
    rule = {"type": "rule", "color": palette.GREY_DARK, "strokeWidth": 2, "strokeDash": [5, 3], "y": ABOVE + 8,
            "y2": foot + 12}
    england = layer(rows, rule, {"x": x}, _of(Role.ENGLAND))
    return [line, england, *dots, *_words(_labelled(rows, inner), x, foot - tall)]


def _of(role: Role) -> str:
    return f"datum.role === '{role.value}'"


def _words(named: list[Spec], x: Spec, top: float) -> list[Spec]:
    layers = []
    heights = {Role.PLACE.value: top - 36, Role.ENGLAND.value: 8, Role.COMPARATOR.value: None}
    for row in named:
        y = heights[row["role"]]
        own = row["role"] == Role.PLACE.value
        look = {
            "type": "text",
            "align": row["side"],
            "baseline": "top",
            "lineHeight": 17,
            "fontWeight": "bold" if own else "normal",
            "y": {"expr": f"{y}"} if y is not None else {"expr": "height - 34"},
        }
        said = {"x": x, "text": field("words:N")}
        ground = {**look, "stroke": palette.WHITE, "strokeWidth": 5, "color": palette.WHITE}
        layers.append(layer([row], ground, said))
        layers.append(layer([row], {**look, "color": palette.BRAND if own else palette.GREY_DARK}, said))
    return layers
