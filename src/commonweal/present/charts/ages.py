"""Who lives here by age: a bar a band for the place, a mark where the comparator's would end."""

from __future__ import annotations

from commonweal.core.figure import Unit
from commonweal.present import palette
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, field, layer, layered, step
from commonweal.present.series import AgeBand
from commonweal.present.table import Column, DataTable, Missing, number_column, text_column
from commonweal.present.wording import plain

Names = tuple[str, str]


def age_structure(message: Message, bands: tuple[AgeBand, ...], *, names: Names) -> Chart:
    """Bars of people by age, youngest first; `names` are the place's and its comparator's."""
    if not bands:
        raise ValueError("an age structure needs at least one band")
    return drawn(
        message,
        Drawing(
            values=("ages", bands, names),
            build=lambda frame: _build(bands, names, frame),
            table=_table(message.title, bands, names),
        ),
    )


def _table(caption: str, bands: tuple[AgeBand, ...], names: Names) -> DataTable:
    counted = any(band.count is not None for band in bands)
    columns: tuple[Column, ...] = (text_column("Age"), *(number_column(name, Unit.PERCENT, 1) for name in names))
    if counted:
        columns += (number_column(f"People in {names[0]}", Unit.PEOPLE),)
    rows = []
    for band in bands:
        other = Missing() if band.comparator is None else band.comparator
        count = Missing() if band.count is None else band.count
        rows.append((band.label, band.share, other, count)[: len(columns)])
    return DataTable(caption, columns, tuple(rows))


def _records(bands: tuple[AgeBand, ...], names: Names) -> list[Spec]:
    return [
        {"row": number, "share": band.share, "other": band.comparator,
         "text": plain(band.share, Unit.PERCENT, 1), "place": names[0], "comparator": names[1]}
        for number, band in enumerate(bands)
    ]


def _build(bands: tuple[AgeBand, ...], names: Names, frame: Frame) -> Spec:
    longest = max(max(band.share, band.comparator or 0) for band in bands)
    x = {
        "scale": {"domain": [0, longest * 1.04], "nice": False},
        "axis": {"labelExpr": layout.tick_expression(Unit.PERCENT), "title": None, "tickCount": 4},
    }
    data = _records(bands, names)
    rows = _rows([band.label for band in bands])
    share = field("share:Q", **x)
    bars = layer(data, {"type": "bar", "opacity": 1},
                 {"y": rows, "x": share, "color": field("place:N", **_colours(names))})
    end = f"width + {46 if frame.narrow else 56}"
    written = {"type": "text", "align": "right", "x": {"expr": end}}
    values = layer(data, written, {"y": rows, "text": field("text:N")})
    height = step(24 if len(bands) > 10 else 30)
    return layered([bars, *_marks(data, rows, x, names), values], width=frame.width, height=height)


def _rows(labels: list[str]) -> Spec:
    axis = {"labelExpr": layout.label_expression(labels, 16), "labelColor": palette.INK, "grid": False,
            "labelLimit": 0}
    return field("row:O", title=None, sort=None, scale={"paddingInner": 0.3}, axis=axis)


def _colours(names: Names) -> Spec:
    legend = {"orient": "top", "title": None, "direction": "horizontal", "labelLimit": 0, "offset": 8,
              "symbolOpacity": 1}
    return {"scale": {"domain": list(names), "range": [palette.BRAND, palette.INK]}, "legend": legend}


def _marks(data: list[Spec], rows: Spec, x: Spec, names: Names) -> list[Spec]:
    """The comparator's mark on a white ground, so that it shows on the bar and beside it."""
    place = {"y": rows, "x": field("other:Q", **x)}
    tick = {"type": "tick", "bandSize": 18, "opacity": 1}
    ground = layer(data, {**tick, "color": palette.WHITE, "thickness": 7}, place, "isValid(datum.other)")
    colour = field("comparator:N", **_colours(names))
    mark = layer(data, {**tick, "thickness": 3}, {**place, "color": colour}, "isValid(datum.other)")
    return [ground, mark]
