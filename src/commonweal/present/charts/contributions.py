"""What each total is made of: parts stacked in one order, written on the part, or above it where it is narrow."""

from __future__ import annotations

from collections.abc import Iterator

from commonweal.present import palette, typeface, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.comparison import row_axis
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, field, layer, layered, step
from commonweal.present.series import Contribution, Point
from commonweal.present.table import DataTable, number_column, text_column

HEIGHT = 30     # of a bar
LINE = 17       # of a name, in pixels


def contributions(
    message: Message, rows: tuple[Contribution, ...], *, decimals: int = 1, table: DataTable | None = None
) -> Chart:
    """What each total is made of; every row has the same parts in the same order, none below zero.

    With a `table` of its own the rows are shares of one whole: no total is written, and every part is.
    """
    _check(rows)
    shares = table is not None
    return drawn(
        message,
        Drawing(
            values=("contributions", rows, decimals, shares),
            build=lambda frame: _build(rows, decimals, frame, shares=shares),
            table=table or _table(message.title, rows, decimals),
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


def _records(rows: tuple[Contribution, ...], decimals: int, pixel: float, size: int) -> list[Spec]:
    """A row a part, with its words inside it where they have room; `pixel` is the amount of one."""
    found = []
    for number, row in enumerate(rows):
        start = 0.0
        for part, (name, amount) in enumerate(row.parts):
            text = wording.number(amount, decimals)
            fits = amount >= pixel * _wide(text, size)
            found.append({"row": number, "part": name, "from": start, "to": start + amount,
                          "middle": start + amount / 2, "text": text if fits else "",
                          "above": "" if fits or text == wording.number(0, decimals) else text,
                          "ink": palette.readable_on(palette.PARTS[part])})
            start += amount
    return found


def _wide(text: str, size: int) -> float:
    """How many pixels some figures take, with a little air."""
    return 0.6 * size * len(text) + 4


def _above(data: list[Spec], pixel: float, plot: float, size: int) -> Iterator[Spec]:
    """Words of narrow parts, each as near over its part as leaves it readable."""
    for number in sorted({one["row"] for one in data}):
        held = [one for one in data if one["row"] == number and one["above"]]
        gap = max((_wide(one["above"], size) for one in held), default=0.0) + 2
        places = layout.spread([one["middle"] / pixel for one in held], gap, gap / 2, plot - gap / 2)
        for one, at in zip(held, places, strict=True):
            yield {**one, "middle": at * pixel, "text": one["above"]}


def _build(rows: tuple[Contribution, ...], decimals: int, frame: Frame, *, shares: bool) -> Spec:
    longest = max(sum(amount for _, amount in row.parts) for row in rows) or 1.0
    letters = 13 if frame.narrow else 24
    plot = frame.width - (130 if frame.narrow else 240) + (48 if shares else 0)
    pixel, size = longest / plot, frame.size - 1
    named = row_axis(tuple(Point(row.label, 0.0, row.role) for row in rows), letters)
    data = _records(rows, decimals, pixel, size)
    over = list(_above(data, pixel, plot, size)) if shares else []
    x = {"scale": {"domain": [0, longest], "nice": False}, "axis": None}
    bars = layer(
        data, {"type": "bar", "stroke": palette.WHITE, "strokeWidth": 1, "height": HEIGHT},
        {"y": named, "x": field("from:Q", **x), "x2": field("to"), "color": _colours(rows, frame)},
    )
    marks = [bars, _words(data, named, x, size)]
    if over:
        marks.append(_words([{**one, "ink": palette.INK} for one in over], named, x, size, lifted=True))
    if not shares:
        end = {"type": "text", "align": "right", "fontWeight": "bold", "x": {"expr": "width + 52"}}
        marks.append(layer(_totals(rows, decimals), end, {"y": named, "text": field("text:N")}))
    lines = max(len(layout.broken(row.label, letters)) for row in rows)
    return layered(marks, width=frame.width, height=step(max(HEIGHT + (24 if over else 14), LINE * lines + 8)))


def _words(data: list[Spec], named: Spec, x: Spec, size: int, *, lifted: bool = False) -> Spec:
    """Figures on their parts, or over them."""
    high = {"baseline": "bottom", "dy": -HEIGHT / 2 - 1} if lifted else {"baseline": "middle"}
    return layer(
        data, {"type": "text", "fontSize": size, **high},
        {"y": named, "x": field("middle:Q", **x), "text": field("text:N"), "color": field("ink:N", scale=None)},
    )


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
