"""From a chart's specification to a picture: one theme, two widths, kept once drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from commonweal.present import palette, typeface
from commonweal.present.chart import Chart, Message
from commonweal.present.charts.spec import Spec
from commonweal.present.guard import cleaned
from commonweal.present.paper import for_screens
from commonweal.present.picture_cache import kept, key_of
from commonweal.present.svg import tidied, titled
from commonweal.present.table import DataTable

VEGA_LITE = "6.4"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True, slots=True)
class Frame:
    """The room a chart has: a page's column, or a phone."""

    width: int
    narrow: bool

    @property
    def size(self) -> int:
        """The size of its words."""
        return 14 if self.narrow else 15


WIDE = Frame(660, narrow=False)
NARROW = Frame(330, narrow=True)
Build = Callable[[Frame], Spec]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn: the values it depends on, how to build it for a frame, and its table."""

    values: tuple[object, ...]
    build: Build
    table: DataTable


def drawn(message: Message, drawing: Drawing) -> Chart:
    """The chart, at both widths; on paper the wide one alone."""
    wide = _picture(message, drawing, WIDE)
    narrow = _picture(message, drawing, NARROW) if for_screens() else ""
    return Chart(
        title=message.title,
        svg=wide,
        sentence=message.sentence,
        alt=message.description,
        table=drawing.table,
        source=message.source,
        narrow=narrow,
    )


def _picture(message: Message, drawing: Drawing, frame: Frame) -> str:
    key = key_of(drawing.values, frame)
    svg = kept(key, lambda: tidied(_render(drawing.build(frame), frame), key))
    named = key_of(key, message)
    return titled(svg, message, named, "cw-svg--narrow" if frame.narrow else "cw-svg--wide")


def _render(spec: Spec, frame: Frame) -> str:
    import vl_convert

    typeface.register()
    whole = cleaned({"$schema": SCHEMA, **spec, "config": theme(frame)})
    svg: str = vl_convert.vegalite_to_svg(whole, vl_version=VEGA_LITE, allowed_base_urls=[])
    return svg


def theme(frame: Frame) -> dict[str, Any]:
    """Ink on white, hair-line grid, no frame, our typeface; nothing in it is read out mark by mark."""
    words = {"font": typeface.FACE, "fontSize": frame.size, "color": palette.INK}
    labels = {"labelFont": typeface.FACE, "labelFontSize": frame.size, "labelColor": palette.GREY_DARK}
    return {
        "background": palette.WHITE,
        "font": typeface.FACE,
        "aria": False,
        "view": {"stroke": None},
        "text": words,
        "axis": {
            **labels,
            "domain": False,
            "ticks": False,
            "gridColor": palette.RULE,
            "titleFont": typeface.FACE,
            "titleFontSize": frame.size,
            "titleFontWeight": "normal",
            "titleColor": palette.GREY_DARK,
            "labelPadding": 8,
        },
        "header": {**labels, "labelFontWeight": "bold", "labelColor": palette.INK},
        "legend": {**labels, "labelColor": palette.INK, "symbolType": "square", "symbolSize": 160},
    }
