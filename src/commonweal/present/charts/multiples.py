"""Several measures in one unit, side by side on one scale, each as small as it can be read."""

from __future__ import annotations

from commonweal.core.figure import Unit
from commonweal.present import palette, typeface
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import layout
from commonweal.present.charts.comparison import dots, missing_words, records, row_axis, value_column
from commonweal.present.charts.draw import Drawing, Frame, drawn
from commonweal.present.charts.spec import Spec, step
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


def _build(panels: tuple[Panel, ...], unit: Unit, decimals: int, frame: Frame) -> Spec:
    domain = layout.extent([point for panel in panels for point in panel.points])
    across = 1 if frame.narrow or len(panels) == 1 else 2
    width = (frame.width - 48 * (across - 1)) // across - LABELS - 76
    return {
        "concat": [_panel(panel, domain, (unit, decimals), width) for panel in panels],
        "columns": across,
        "spacing": {"row": 28, "column": 48},
        "autosize": {"type": "pad"},
        "padding": 4,
    }


def _panel(panel: Panel, domain: tuple[float, float], written: tuple[Unit, int], width: int) -> Spec:
    rows = row_axis(panel.points, 13, minExtent=LABELS, maxExtent=LABELS)
    data = records(panel.points, *written)
    x = {"scale": {"domain": list(domain), "nice": False, "zero": False}, "axis": None}
    title = {"text": layout.broken(panel.title, 34), "anchor": "start", "frame": "group", "fontSize": 15,
             "offset": 6, "color": palette.INK, "dx": -LABELS, "font": typeface.FACE, "lineHeight": 18}
    layers = [*dots(data, rows, x), missing_words(data, rows), value_column(data, rows, str(width + 64))]
    return {"layer": layers, "width": width, "height": step(30), "title": title}
