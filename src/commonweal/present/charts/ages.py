"""Who lives here by age: a bar a band for the place, a mark where the comparator's would end."""

from __future__ import annotations

from typing import Any

from commonweal.core.figure import Unit
from commonweal.present import palette
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.draw import Drawing, Frame, drawn
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


def _records(bands: tuple[AgeBand, ...], names: Names) -> list[dict[str, Any]]:
    return [
        {"row": number, "share": band.share, "other": band.comparator,
         "text": plain(band.share, Unit.PERCENT, 1), "place": names[0], "comparator": names[1]}
        for number, band in enumerate(bands)
    ]


def _build(bands: tuple[AgeBand, ...], names: Names, frame: Frame) -> Any:
    import altair as alt

    longest = max(max(band.share, band.comparator or 0) for band in bands)
    axis = alt.Axis(labelExpr=layout.tick_expression(Unit.PERCENT), title=None, tickCount=4)
    scale = alt.Scale(domain=[0, longest * 1.04], nice=False)
    labels = layout.label_expression([band.label for band in bands], 16)
    rows = alt.Y("row:O", title=None, sort=None, scale=alt.Scale(paddingInner=0.3),
                 axis=alt.Axis(labelExpr=labels, labelColor=palette.INK, grid=False, labelLimit=0))
    base = alt.Chart(alt.Data(values=_records(bands, names))).encode(y=rows)
    colour = _colours(names)
    share = alt.X("share:Q", scale=scale, axis=axis)
    bars = base.mark_bar(opacity=1).encode(x=share, color=alt.Color("place:N", **colour))
    end = f"width + {46 if frame.narrow else 56}"
    values = base.mark_text(align="right", x={"expr": end}).encode(text="text:N")
    return alt.layer(bars, *_marks(base, scale, axis, colour), values).properties(
        width=frame.width,
        height=alt.Step(24 if len(bands) > 10 else 30),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 2, "right": 4, "top": 4, "bottom": 4},
    )


def _colours(names: Names) -> dict[str, Any]:
    import altair as alt

    legend = alt.Legend(orient="top", title=None, direction="horizontal", labelLimit=0, offset=8,
                        symbolOpacity=1)
    return {"scale": alt.Scale(domain=list(names), range=[palette.BRAND, palette.INK]), "legend": legend}


def _marks(base: Any, scale: Any, axis: Any, colour: dict[str, Any]) -> list[Any]:
    """The comparator's mark on a white ground, so that it shows on the bar and beside it."""
    import altair as alt

    known = base.transform_filter("isValid(datum.other)")
    x = alt.X("other:Q", scale=scale, axis=axis)
    ground = known.mark_tick(color=palette.WHITE, thickness=7, bandSize=18, opacity=1).encode(x=x)
    mark = known.mark_tick(thickness=3, bandSize=18, opacity=1)
    return [ground, mark.encode(x=x, color=alt.Color("comparator:N", **colour))]
