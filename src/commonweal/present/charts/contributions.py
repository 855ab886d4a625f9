"""What each total is made of: parts stacked in one order, written on the part where there is room."""

from __future__ import annotations

from commonweal.present import palette, typeface, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.charts.comparison import row_axis
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, field, layer, layered, step
from commonweal.present.series import Contribution, Point
from commonweal.present.table import DataTable, number_column, text_column


def contributions(message: Message, rows: tuple[Contribution, ...], *, decimals: int = 1) -> Chart:
    """What each total is made of; every row has the same parts in the same order, none below zero."""
    _check(rows)
    return drawn(
        message,
        Drawing(
            values=("contributions", rows, decimals),
            build=lambda frame: _build(rows, decimals, frame),
            table=_table(message.title, rows, decimals),
        ),
    )


def _check(rows: tuple[Contribution, ...]) -> None:
    if not rows or not rows[0].parts:
        raise ValueError("contributions need at least one row with one part")
    if len(rows[0].parts) > len(palette.PARTS):
        raise ValueError(f"more than {len(palette.PARTS)} parts cannot be told apart: join the smallest")
    names = [name for name, _ in rows[0].parts]
    for row in rows:
        if [name for name, _ in row.parts] != names:
            raise ValueError(f"the parts of {row.label} are not those of {rows[0].label}")
        if any(amount < 0 for _, amount in row.parts):
            raise ValueError(f"{row.label} has a part below zero, which cannot be stacked")


def _table(caption: str, rows: tuple[Contribution, ...], decimals: int) -> DataTable:
    names = [name for name, _ in rows[0].parts]
    columns = (text_column("Place"), *(number_column(name, decimals=decimals) for name in names),
               number_column("Total", decimals=decimals))
    cells = tuple(
        (row.label, *(amount for _, amount in row.parts), sum(amount for _, amount in row.parts)) for row in rows
    )
    return DataTable(caption, columns, cells)


def _records(rows: tuple[Contribution, ...], decimals: int, wide_enough: float) -> list[Spec]:
    found = []
    for number, row in enumerate(rows):
        start = 0.0
        for part, (name, amount) in enumerate(row.parts):
            text = wording.number(amount, decimals) if amount >= wide_enough else ""
            found.append({"row": number, "part": name, "from": start, "to": start + amount,
                          "middle": start + amount / 2, "text": text,
                          "ink": palette.readable_on(palette.PARTS[part])})
            start += amount
    return found


def _build(rows: tuple[Contribution, ...], decimals: int, frame: Frame) -> Spec:
    longest = max(sum(amount for _, amount in row.parts) for row in rows) or 1.0
    plot = frame.width - (130 if frame.narrow else 240)
    named = row_axis(tuple(Point(row.label, 0.0, row.role) for row in rows), 13 if frame.narrow else 24)
    data = _records(rows, decimals, longest * 34 / plot)
    x = {"scale": {"domain": [0, longest], "nice": False}, "axis": None}
    bars = layer(
        data, {"type": "bar", "stroke": palette.WHITE, "strokeWidth": 1},
        {"y": named, "x": field("from:Q", **x), "x2": field("to"), "color": _colours(rows, frame)},
    )
    values = layer(
        data, {"type": "text", "baseline": "middle", "fontSize": frame.size - 1},
        {"y": named, "x": field("middle:Q", **x), "text": field("text:N"), "color": field("ink:N", scale=None)},
    )
    end = {"type": "text", "align": "right", "fontWeight": "bold", "x": {"expr": "width + 52"}}
    total = layer(_totals(rows, decimals), end, {"y": named, "text": field("text:N")})
    return layered([bars, values, total], width=frame.width, height=step(44))


def _totals(rows: tuple[Contribution, ...], decimals: int) -> list[Spec]:
    return [
        {"row": number, "text": wording.number(sum(amount for _, amount in row.parts), decimals)}
        for number, row in enumerate(rows)
    ]


def _colours(rows: tuple[Contribution, ...], frame: Frame) -> Spec:
    names = [name for name, _ in rows[0].parts]
    longest = max(map(len, names))
    columns = max(1, min(len(names), (frame.width - 20) // (longest * 8 + 34)))
    legend = {"orient": "top", "title": None, "direction": "horizontal", "columns": columns, "labelLimit": 0,
              "labelFont": typeface.FACE, "offset": 10, "columnPadding": 18, "rowPadding": 6}
    scale = {"domain": names, "range": list(palette.PARTS[: len(names)])}
    return field("part:N", scale=scale, legend=legend)
