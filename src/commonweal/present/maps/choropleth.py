"""A district's small areas shaded by need, as one picture that needs no script."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely

from commonweal.present import palette
from commonweal.present.chart import Chart, Message
from commonweal.present.guard import cleaned
from commonweal.present.maps import marks, shapes
from commonweal.present.maps.legend import legend, shade
from commonweal.present.maps.model import AreaShape, Outline, Scale, Site
from commonweal.present.maps.projection import Projection, fitted
from commonweal.present.paper import for_screens
from commonweal.present.picture_cache import kept, key_of
from commonweal.present.svg import titled
from commonweal.present.table import Cell, DataTable, Linked, Missing, number_column, text_column


@dataclass(frozen=True, slots=True)
class Sheet:
    """The room a map has; `largest` is how many characters its picture may weigh."""

    width: int
    tallest: int
    size: float
    names: int
    largest: int


WIDE = Sheet(660, 640, 16, 14, 120_000)
NARROW = Sheet(300, 400, 15, 6, 70_000)


@dataclass(frozen=True, slots=True)
class Map:
    """All that is drawn on one map."""

    areas: tuple[AreaShape, ...]
    scale: Scale
    outlines: tuple[Outline, ...]
    sites: tuple[Site, ...]

    @property
    def identity(self) -> tuple[object, ...]:
        """What the picture depends on, with shapes by their hash."""
        areas = [(a.code, a.name, a.value, a.text, a.href, _hash(a.geometry)) for a in self.areas]
        outlines = [(o.name, o.label, o.strong, _hash(o.geometry)) for o in self.outlines]
        return (areas, self.scale, outlines, self.sites)


def _hash(geometry: bytes) -> str:
    return hashlib.sha256(geometry).hexdigest()


def choropleth(
    message: Message,
    areas: tuple[AreaShape, ...],
    *,
    scale: Scale,
    outlines: tuple[Outline, ...] = (),
    sites: tuple[Site, ...] = (),
) -> Chart:
    """Small areas shaded by need, with outlines, a few names, and places people go.

    With an area's `href` set, pointing at it leads there; the table below carries the same links
    for keyboards and screen readers, so that nobody has to step through every area.
    """
    if not areas:
        raise ValueError("a map needs at least one area")
    drawing = cleaned(Map(areas, scale, outlines, sites))
    wide = _picture(message, drawing, WIDE)
    narrow = _picture(message, drawing, NARROW) if for_screens() else ""
    return Chart(
        title=message.title,
        svg=wide,
        sentence=message.sentence,
        alt=message.description,
        table=_table(message.title, areas, scale),
        source=message.source,
        narrow=narrow,
    )


def _picture(message: Message, drawing: Map, sheet: Sheet) -> str:
    key = key_of("map", drawing.identity, sheet)
    svg = kept(key, lambda: _drawn(drawing, sheet, key))
    which = "cw-svg--narrow" if sheet is NARROW else "cw-svg--wide"
    named = titled(svg, message, key_of(key, message), f"cw-map {which}")
    linked = any(area.href for area in drawing.areas)
    return named.replace('role="img"', 'role="group"', 1) if linked else named


def _table(caption: str, areas: tuple[AreaShape, ...], scale: Scale) -> DataTable:
    whole = all(area.value is None or float(area.value).is_integer() for area in areas)
    value = number_column("Value", decimals=0 if whole else 1)
    shown = (0, 1, 3) if scale.colours else (0, 1, 2, 3)  # kinds have no value to show
    columns = (text_column("Area"), text_column("Code"), value, text_column(scale.title))
    rows = tuple(tuple(_row(area, scale)[at] for at in shown) for area in areas)
    return DataTable(caption, tuple(columns[at] for at in shown), rows)


def _row(area: AreaShape, scale: Scale) -> tuple[Cell, ...]:
    name: Cell = Linked(area.name, area.href) if area.href else area.name
    band = scale.band_of(area.value)
    words: Cell = area.text or (scale.bands[band].words if band is not None else scale.missing)
    return (name, area.code, area.value if area.value is not None else Missing(scale.missing), words)


def _drawn(drawing: Map, sheet: Sheet, key: str) -> str:
    """The whole picture; drawn coarser where it would be too heavy for a phone's allowance."""
    for tolerance in (0.7, 1.4, 2.8, 5.6):
        svg = _draw_once(drawing, sheet, key, tolerance)
        if len(svg) <= sheet.largest:
            break
    return svg


def _draw_once(drawing: Map, sheet: Sheet, key: str, tolerance: float) -> str:
    located = shapes.decoded([area.geometry for area in drawing.areas])
    lines = shapes.decoded([outline.geometry for outline in drawing.outlines])
    if shapely.is_empty(located).all():
        raise ValueError("none of the areas has a shape that can be drawn")
    bounds = shapely.total_bounds(np.concatenate([located, lines]))
    projection = fitted([float(edge) for edge in bounds], width=sheet.width, tallest=sheet.tallest, margin=6)
    drawn = shapes.simplified(projection.shape(located), tolerance)
    missing = any(drawing.scale.band_of(area.value) is None for area in drawing.areas)
    hatch = f"c-{key[:8]}-hatch" if missing else ""
    top = projection.height + 26
    room = sheet.width - 12
    words, tall = legend(drawing.scale, sites=drawing.sites, missing=hatch, width=room, size=sheet.size)
    height = round(top + tall + 8)
    parts = [
        _hatching(hatch) if hatch else "",
        f'<rect width="{sheet.width}" height="{height}" fill="{palette.WHITE}"/>',
        _areas(drawing, drawn, hatch),
        _outlines(drawing.outlines, projection, lines, sheet),
        marks.site_marks(drawing.sites, projection, 5 if len(drawing.sites) < 60 else 3.5),
        marks.scale_bar(projection, x=6, y=projection.height + 14, size=sheet.size - 1),
        f'<g transform="translate(6,{top:.1f})">{words}</g>',
    ]
    return f'<svg width="{sheet.width}" height="{height}">{"".join(parts)}</svg>'


def _hatching(name: str) -> str:
    return (
        f'<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale(10) rotate(45)"><rect width="6" height="6" fill="{palette.WHITE}"/>'
        f'<path d="M0 0v6" stroke="{palette.GREY}" stroke-width="2.4"/></pattern></defs>'
    )


def _areas(drawing: Map, drawn: Any, hatch: str) -> str:
    """Areas with a hair of white between them; pointing at one tells its name and value."""
    linked = any(area.href for area in drawing.areas)
    found = []
    for area, shape in zip(drawing.areas, drawn, strict=True):
        data = shapes.path(shape)
        if not data:
            continue
        band = drawing.scale.band_of(area.value)
        fill = f"url(#{hatch})" if band is None else shade(drawing.scale, band)
        told = area.text or (drawing.scale.missing if band is None else drawing.scale.bands[band].words)
        body = f'<title>{escape(f"{area.name}: {told}")}</title><path fill="{fill}" d="{data}"/>'
        found.append(
            f'<a href={quoteattr(area.href)} tabindex="-1" class="cw-map__area">{body}</a>'
            if area.href else f"<g>{body}</g>"
        )
    hidden = ' aria-hidden="true"' if linked else ""
    return (
        f'<g transform="scale(.1)" stroke="{palette.WHITE}" stroke-width="7" stroke-linejoin="round"{hidden}>'
        f'{"".join(found)}</g>'
    )


def _outlines(outlines: tuple[Outline, ...], projection: Projection, lines: Any, sheet: Sheet) -> str:
    """Larger areas as lines over the small ones, then their names."""
    if not outlines:
        return ""
    drawn = shapes.simplified(projection.shape(lines), 1.0)
    paths, names = [], []
    for outline, shape in zip(outlines, drawn, strict=True):
        data = shapes.path(shape)
        if not data:
            continue
        paths.append(f'<path d="{data}" stroke="{palette.WHITE}" stroke-width="{44 if outline.strong else 22}"/>')
        paths.append(f'<path d="{data}" stroke="{palette.INK}" stroke-width="{24 if outline.strong else 10}"/>')
        if outline.label:
            names.append(marks.Name(outline.name, *shapes.heart(shape)))
    look = 'transform="scale(.1)" fill="none" stroke-linejoin="round" pointer-events="none"'
    written = marks.names(names, size=sheet.size, most=sheet.names, width=projection.width)
    return f'<g {look}>{"".join(paths)}</g><g pointer-events="none">{written}</g>'
