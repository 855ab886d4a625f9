"""How far each two agree: a square a pair, shaded and written, the one side of a matrix."""

from __future__ import annotations

from commonweal.present import palette, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.charts.comparison import row_axis
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, field, layer, layered, step
from commonweal.present.series import Point
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column

Pairs = tuple[tuple[int, int, float | None], ...]
UNKNOWN = Missing("cannot be told: one puts everything level")
OPPOSED = ("#f3d9cf", "#d98f76", palette.WARN)
ALIKE = ("#e3efed", "#7fb0ab", palette.BRAND)


def agreement(message: Message, names: tuple[str, ...], pairs: Pairs) -> Chart:
    """Pairs of `names` by number with how far they agree, from -1 (opposite) to 1 (the same)."""
    if len(names) < 2 or not pairs:
        raise ValueError("agreement needs at least two names and one pair")
    if any(tau is not None and not -1.0000001 <= tau <= 1.0000001 for _, _, tau in pairs):
        raise ValueError("agreement runs from -1 to 1")
    return drawn(message, Drawing(
        values=("agreement", names, pairs), build=lambda frame: _build(names, pairs, frame),
        table=_table(message.title, names, pairs),
    ))


def _table(caption: str, names: tuple[str, ...], pairs: Pairs) -> DataTable:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (f"{names[one]} and {names[other]}", UNKNOWN if tau is None else tau) for one, other, tau in pairs
    )
    return DataTable(caption, (text_column("Pair"), number_column("Agreement, −1 to 1", decimals=2)), rows)


def _shade(tau: float | None) -> str:
    """Three steps each way; the number is written on it."""
    if tau is None:
        return palette.RULE
    return (ALIKE if tau >= 0 else OPPOSED)[min(2, int(abs(tau) * 3))]


def _build(names: tuple[str, ...], pairs: Pairs, frame: Frame) -> Spec:
    numbered = tuple(Point(f"{number} {name}", 0.0) for number, name in enumerate(names, start=1))
    rows = row_axis(numbered, 16 if frame.narrow else 34, grid=False)
    rows["scale"] = {"domain": list(range(len(names)))}
    columns = field(
        "column:O", title=None, scale={"domain": list(range(len(names)))},
        axis={"orient": "top", "labelExpr": "datum.value + 1", "labelAngle": 0, "labelFontWeight": "bold"},
    )
    data: list[Spec] = [
        {"row": max(one, other), "column": min(one, other), "text": "–" if tau is None else wording.number(tau, 1),
         "shade": _shade(tau), "ink": palette.readable_on(_shade(tau))}
        for one, other, tau in pairs
    ]
    square = layer(data, {"type": "rect", "stroke": palette.WHITE, "strokeWidth": 2},
                   {"y": rows, "x": columns, "color": field("shade:N", scale=None)})
    words = layer(data, {"type": "text", "baseline": "middle", "fontSize": frame.size - 1},
                  {"y": rows, "x": columns, "text": field("text:N"), "color": field("ink:N", scale=None)})
    return layered([square, words], width=frame.width, height=step(46))
