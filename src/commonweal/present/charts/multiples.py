"""Several measures in one unit, side by side on one scale, each as small as it can be read."""

from __future__ import annotations

from typing import Any

from commonweal.core.figure import Unit
from commonweal.present import palette, typeface
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.comparison import dots, missing_words, records, row_axis, value_column
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.series import Panel
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column

LABELS = 108


def small_multiples(message: Message, panels: tuple[Panel, ...], *, unit: Unit, decimals: int = 1) -> Chart:
    """The same comparison for several measures in one unit, side by side."""
    if not panels or not all(panel.points for panel in panels):
        raise ValueError("small multiples need panels, each with at least one point")
    return drawn(
        message,
        Drawing(
            values=("multiples", panels, unit, decimals),
            build=lambda frame: _build(panels, unit, decimals, frame),
            table=_table(message.title, panels, unit, decimals),
        ),
    )


def _table(caption: str, panels: tuple[Panel, ...], unit: Unit, decimals: int) -> DataTable:
    places = list(dict.fromkeys(point.label for panel in panels for point in panel.points))
    columns = (text_column("Measure"), *(number_column(place, unit, decimals) for place in places))
    return DataTable(caption, columns, tuple(_row(panel, places) for panel in panels))


def _row(panel: Panel, places: list[str]) -> tuple[Cell, ...]:
    found = {point.label: point for point in panel.points}
    cells: list[Cell] = [panel.title]
    for place in places:
        point = found.get(place)
        known = point.value if point else None
        cells.append(known if known is not None else Missing(point.missing if point else "not published"))
    return tuple(cells)


def _build(panels: tuple[Panel, ...], unit: Unit, decimals: int, frame: Frame) -> Any:
    import altair as alt

    domain = layout.extent([point for panel in panels for point in panel.points])
    across = 1 if frame.narrow or len(panels) == 1 else 2
    width = (frame.width - 48 * (across - 1)) // across - LABELS - 76
    charts = [_panel(panel, domain, (unit, decimals), width) for panel in panels]
    return alt.concat(*charts, columns=across, spacing={"row": 28, "column": 48}).properties(
        autosize=alt.AutoSizeParams(type="pad"), padding=4
    )


def _panel(panel: Panel, domain: tuple[float, float], written: tuple[Unit, int], width: int) -> Any:
    import altair as alt

    rows = row_axis(panel.points, 13)
    rows.axis.minExtent = rows.axis.maxExtent = LABELS
    base = alt.Chart(alt.Data(values=records(panel.points, *written))).encode(y=rows)
    scale = alt.Scale(domain=list(domain), nice=False, zero=False)
    title = alt.TitleParams(layout.broken(panel.title, 34), anchor="start", frame="group", fontSize=15, offset=6,
                            color=palette.INK, dx=-LABELS, font=typeface.FACE, lineHeight=18)
    layers = [*dots(base, scale, None), missing_words(base), value_column(base, str(width + 64), "text")]
    return alt.layer(*layers).properties(width=width, height=alt.Step(30), title=title)
