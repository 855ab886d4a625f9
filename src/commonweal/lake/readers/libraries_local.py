"""Lists of libraries in Greater Manchester (Trafford Data Lab) and library buildings drawn by Ordnance Survey.

Neither list carries a date, so `as_at` is empty; statuses are unknown, for neither says which are open. The
borough lists give a service's name, the joint list a code and a position; outlines of buildings become their
middle point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import shapely

from commonweal.lake.opening.matching import cells_among, cells_match, sheet_with
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, RejectedRow, register
from commonweal.lake.readers.facility_rows import (
    Facility,
    facilities,
    filled,
    identity,
    nameless,
    position,
    postcode,
    records,
    said,
)
from commonweal.lake.readers.grid import longitude_latitude
from commonweal.policy.place_names import council_named

_JOINT = ("name", "address", "postcode", "type", "website", "area_name", "area_code", "lon", "lat")
_BOROUGH = ("service", "name", "address", "postcode", "type", "website")
_BUILDINGS = ("WKT", "id", "building_theme", "classification", "distinctive_name", "feature_code")


def is_joint(opened: Opened) -> bool:
    """One list of several boroughs, every type a library of some kind."""
    sheet = sheet_with(opened, _JOINT)
    return sheet is not None and _of_libraries(sheet)


def is_borough(opened: Opened) -> bool:
    """One borough's list."""
    sheet = sheet_with(opened, _BOROUGH)
    return sheet is not None and _of_libraries(sheet)


def is_buildings(opened: Opened) -> bool:
    """Outlines of buildings, all classified as libraries."""
    sheet = sheet_with(opened, _BUILDINGS)
    return sheet is not None and cells_among(sheet, "classification", ("Library",))


def read_list(opened: Opened) -> Iterable[ReadTable]:
    """Every library of either list; its telephone and e-mail columns are not read."""
    sheet = sheet_with(opened, _JOINT) or sheet_with(opened, _BOROUGH)
    return (facilities(_listed(sheet)),) if sheet is not None else ()


def read_buildings(opened: Opened) -> Iterable[ReadTable]:
    """A building each, at the middle of its outline; most have a name, the rest say so."""
    sheet = sheet_with(opened, _BUILDINGS)
    return (facilities(_buildings(sheet)),) if sheet is not None else ()


def _of_libraries(sheet: Sheet) -> bool:
    return cells_match(sheet, "type", r"(?i).*librar.*", share=1)


def _listed(sheet: Sheet) -> Iterator[Facility | RejectedRow]:
    for row, record in records(sheet):
        name, area = said(record["name"]), said(record.get("area name") or record.get("service", ""))
        if not name:
            yield nameless(sheet, row, "name")
            continue
        lon, lat = position(record.get("lon", ""), record.get("lat", ""))
        yield Facility(
            facility=identity(area, name),
            kind="library",
            name=name,
            operator=said(record["type"]).removesuffix(" library"),
            postcode=postcode(record["postcode"]),
            lon=lon,
            lat=lat,
            district_code=said(record.get("area code", "")) or council_named(area, kinds=("district",)),
            detail=filled(
                address=said(record["address"]), authority=area, type=said(record["type"]),
                website=said(record["website"]),
            ),
        )


def _buildings(sheet: Sheet) -> Iterator[Facility | RejectedRow]:
    rows = list(records(sheet))
    outlines = shapely.from_wkt([record["wkt"] for _, record in rows], on_invalid="ignore")
    middles = shapely.point_on_surface(outlines)
    lon, lat = longitude_latitude(shapely.get_x(middles), shapely.get_y(middles))
    for (row, record), east, north, drawn in zip(rows, lon, lat, ~shapely.is_missing(middles), strict=True):
        if not drawn or not np.isfinite(east):
            yield RejectedRow(sheet.name, row, "WKT", "not an outline that can be read")
            continue
        yield Facility(
            facility=identity(record["id"]),
            kind="library_building",
            name=said(record["distinctive name"]) or "Library building without a name",
            lon=round(float(east), 6),
            lat=round(float(north), 6),
        )


register(Reader("libraries-greater-manchester", 1, is_joint, read_list))
register(Reader("libraries-greater-manchester-boroughs", 1, is_borough, read_list))
register(Reader("os-library-buildings", 1, is_buildings, read_buildings))
