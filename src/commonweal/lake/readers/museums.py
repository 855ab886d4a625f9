"""Museums of the United Kingdom since 1960: the Mapping Museums database (Birkbeck, University of London).

Facilities of kind museum, closed ones included. "na" as year of closing is still open. Years known only as a
range stay a range ("1960-1997"). `as_at` is the end of the latest year the file names. District code from the
names of administrative areas as of then, so abolished districts keep their old codes; operator is the form of
governance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from commonweal.lake.opening.matching import sheet_with
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, RejectedRow, register
from commonweal.lake.readers.facility_rows import (
    Facility,
    Record,
    facilities,
    filled,
    identity,
    nameless,
    position,
    postcode,
    records,
    said,
)
from commonweal.policy.place_names import council_named

_COLUMNS = ("museum_id", "museum_name", "admin_area_4", "governance_type", "year_opened_low", "year_closed_high")
_YEAR = re.compile(r"1[89]\d\d|20\d\d", re.ASCII)
_YEARS = ("year opened low", "year opened high", "year closed low", "year closed high")


def is_museums(opened: Opened) -> bool:
    """A row a museum, with ranges of years of opening and closing."""
    return sheet_with(opened, _COLUMNS) is not None


def read_museums(opened: Opened) -> Iterable[ReadTable]:
    """Every museum, open or closed."""
    sheet = sheet_with(opened, _COLUMNS)
    return (facilities(_museums(sheet)),) if sheet is not None else ()


def _museums(sheet: Sheet) -> Iterator[Facility | RejectedRow]:
    rows = list(records(sheet))
    years = [int(record[name]) for _, record in rows for name in _YEARS if _YEAR.fullmatch(record[name])]
    as_at = date(max(years), 12, 31) if years else None
    for row, record in rows:
        yield _museum(record, as_at) if said(record["museum name"]) else nameless(sheet, row, "museum_name")


def _museum(record: Record, as_at: date | None) -> Facility:
    lon, lat = position(record["longitude"], record["latitude"])
    closed = _span(record["year closed low"], record["year closed high"])
    return Facility(
        facility=identity(record["museum id"]),
        kind="museum",
        name=said(record["museum name"]).replace("_s ", "'s "),
        status="closed" if closed else "open",
        operator=": ".join(filter(None, (said(record["governance type"]), said(record["governance subtype"])))),
        postcode=postcode(record["postcode"]),
        lon=lon,
        lat=lat,
        district_code=_district(record),
        opened=_span(record["year opened low"], record["year opened high"]),
        closed=closed,
        as_at=as_at,
        detail=_detail(record),
    )


def _district(record: Record) -> str:
    """The most local council among the administrative areas; outside England the second area is one."""
    names = (record["admin area 4"], record["admin area 3"], record["admin area 2"])
    found = (council_named(said(name), kinds=("district",)) for name in names if said(name))
    return next(filter(None, found), "")


def _span(low: str, high: str) -> str:
    """One year, a range of years, or nothing where the file says "na"."""
    first, last = said(low), said(high)
    return first if first == last else "-".join(filter(None, (first, last)))


def _detail(record: Record) -> dict[str, object]:
    lines = (said(record[name]) for name in ("address line 1", "address line 2", "city"))
    return filled(
        address=", ".join(filter(None, lines)),
        nation=said(record["admin area 1"]),
        accreditation=said(record["accreditation"]),
        size=said(record["size"]),
        subject=said(record["subject matter full"]),
        area_deprivation_decile=said(record["area deprivation index"]),
    )


register(Reader("mapping-museums", 1, is_museums, read_museums))
