"""Points that stand for areas: geometric centroids, and centroids weighted by where people live."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import area_kinds, numbers, rows_for, text
from commonweal.lake.readers.geo_levels import kept_out


def _has(*columns: str) -> Callable[[Opened], bool]:
    def recognises(opened: Opened) -> bool:
        return len(opened.sheets) == 1 and {*map(str.lower, opened.sheets[0].columns)} >= set(columns)

    return recognises


@dataclass(frozen=True, slots=True)
class Points:
    """One source: its columns of code, longitude and latitude, and what its points are."""

    dataset: str
    kind: str
    vintage: int
    columns: tuple[str, str, str]
    also: tuple[str, ...] = ()
    method: str = "geometric"


def _read(source: Points, opened: Opened) -> Iterator[ReadTable]:
    """Rows with a code, longitude and latitude; easting and northing where there are any."""
    sheet, columns = opened.sheets[0], source.columns
    there = {column.lower(): column for column in sheet.columns}
    codes = text(sheet.table[there[columns[0]]])
    lon, lat = (numbers(sheet.table[there[column]]).value for column in columns[1:])
    kinds = area_kinds(codes)
    placed = pc.and_(pc.is_valid(lon), pc.is_valid(lat))
    grid = {
        name: pc.cast(pc.round(numbers(sheet.table[there[name]]).value), pa.int32())
        for name in ("easting", "northing") if name in there
    }
    rows = rows_for(
        "centroids", len(codes), kind=kinds, code=codes, vintage=source.vintage, method=source.method,
        lon=lon, lat=lat, **grid,
    )
    known = pc.equal(kinds, source.kind)
    out = kept_out(sheet, pc.and_(known, pc.invert(placed)), ", ".join(columns[1:]), "no coordinates")
    yield ReadTable("centroids", rows.filter(pc.and_(known, placed)), out)


_LONG_LAT = ("longitude", "latitude")
_SOURCES = (
    Points("centroids-lsoa11", "lsoa", 2011, ("lsoacd", *_LONG_LAT), ("lsoa11cd",)),
    Points("centroids-msoa11", "msoa", 2011, ("msoacd", *_LONG_LAT), ("msoa11cd",)),
    Points("centroids-ward", "ward", 2025, ("wdcd", *_LONG_LAT)),
    Points(
        "centroids-lsoa11-weighted", "lsoa", 2011, ("lsoa11_code", *_LONG_LAT), ("easting", "match"),
        "population_weighted",
    ),
)

for _source in _SOURCES:
    register(Reader(_source.dataset, 1, _has(*_source.columns, *_source.also), partial(_read, _source)))
