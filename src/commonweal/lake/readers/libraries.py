"""Public libraries of England: the basic dataset of Arts Council England, a file a year, and its 2016 forerunner.

Facilities of kind library, mobile_library, prison_library, archive and local_history_library. Status is how
each was run at the end of the file's own year: closed, temporarily_closed, unknown where the file says so, open
for every way of running one. Years opened and closed are as published (a year after the file's own is a closure
to come). District code from the authority's name; a county's libraries have none until their postcodes are
matched, and their county's code is in the detail. E-mail columns are never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from commonweal.lake.opening.matching import columns_like, normal, preamble_says, sheet_with
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, RejectedRow, register
from commonweal.lake.readers.facility_rows import (
    Facility,
    Record,
    facilities,
    filled,
    identity,
    nameless,
    postcode,
    records,
    said,
)
from commonweal.policy.place_names import council_named

OWN_DATASET = (2022, 2023)
_BASIC = ("name", "authority", "postcode", "uprn", "type", "co_located", "hours", "staffed_hours")
_WITHIN = "co located "
_KINDS = {
    "static library": "library", "mobile library": "mobile_library", "prison library": "prison_library",
    "archive": "archive", "static archive": "archive", "static local history library": "local_history_library",
}
_RUN_BY = {
    "la": "Local authority", "lal": "Local authority", "lal-": "Local authority",
    "lau": "Local authority, unstaffed", "c": "Commissioned", "cl": "Commissioned", "cr": "Community run",
    "crl": "Community run", "icl": "Independent community library",
}
_SHUT = {"closed": "closed", "temporary closure": "temporarily_closed"}


def year_of(opened: Opened) -> int:
    """The year a basic dataset speaks of, told from its last operation_ column; 0 if the file is not one."""
    sheet = sheet_with(opened, _BASIC)
    years = [int(name[-2:]) for name in columns_like(sheet, r"operation \d\d")] if sheet else []
    return 2000 + max(years) if years else 0


def read(opened: Opened) -> Iterable[ReadTable]:
    """Every library of a basic dataset."""
    sheet = sheet_with(opened, _BASIC)
    return (facilities(_libraries(sheet, year_of(opened))),) if sheet is not None else ()


def _libraries(sheet: Sheet, year: int) -> Iterator[Facility | RejectedRow]:
    for row, record in records(sheet):
        yield _library(record, year) if said(record["name"]) else nameless(sheet, row, "name")


def _library(record: Record, year: int) -> Facility:
    run = normal(record[f"operation {year % 100}"])
    as_at = date(year, 12, 31)
    authority = said(record["authority"])
    return Facility(
        facility=identity(authority or record.get("reporting", ""), record["name"]),
        kind=_KINDS.get(normal(record["type"]), "library"),
        name=said(record["name"]),
        status=_SHUT.get(run) or ("open" if run in _RUN_BY else "unknown"),
        operator=_RUN_BY.get(run, ""),
        postcode=postcode(record["postcode"]),
        district_code=council_named(authority, on=as_at, kinds=("district",)),
        opened=said(record["opened"]),
        closed=said(record["closed"]),
        as_at=as_at,
        detail=_detail(record, year, authority),
    )


def _detail(record: Record, year: int, authority: str) -> dict[str, object]:
    """What else the basic dataset says, without the e-mail address."""
    run = {name[-2:]: said(cell) for name, cell in record.items() if re.fullmatch(r"operation \d\d", name)}
    shared = [name.removeprefix(_WITHIN) for name, cell in record.items()
              if name.startswith(_WITHIN) and normal(cell) == "x"]
    return filled(
        address=", ".join(filter(None, (said(record[f"address{line}"]) for line in (1, 2, 3)))),
        authority=authority,
        authority_code=council_named(authority, on=date(year, 12, 31)),
        postcode_published="" if postcode(record["postcode"]) == record["postcode"] else record["postcode"],
        uprn=said(record["uprn"]),
        type=said(record["type"]),
        statutory=said(record.get(f"statutory {year % 100}", "")).capitalize(),
        run_by_year={f"20{short}": how for short, how in run.items() if how},
        organisation=said(record.get("operating organisation", "")),
        department=said(record.get("department", "")),
        co_located=shared,
        co_located_with=said(record.get("co located other text", "")),
        hours=said(record["hours"]),
        staffed_hours=said(record["staffed hours"]),
        automated=said(record.get("automated", "")),
    )


# --- the layout of 2019 ------------------------------------------------------------------------------

_OLDER = ("Local authority", "Library name", "Postcode", "Type of library", "Year opened", "Year closed")
_OLDER_DATE = date(2019, 12, 31)


def is_older(opened: Opened) -> bool:
    """The basic dataset of 31 December 2019."""
    return sheet_with(opened, _OLDER) is not None


def read_older(opened: Opened) -> Iterable[ReadTable]:
    """Every library of the 2019 layout; open unless it has a year of closing."""
    sheet = sheet_with(opened, _OLDER)
    return (facilities(_older(sheet)),) if sheet is not None else ()


def _older(sheet: Sheet) -> Iterator[Facility | RejectedRow]:
    for row, record in records(sheet):
        name, authority = said(record["library name"]), said(record["local authority"])
        if not name:
            yield nameless(sheet, row, "Library name")
            continue
        closed = said(record["year closed"])
        yield Facility(
            facility=identity(authority, name),
            kind="library",
            name=name,
            status="closed" if closed else "open",
            operator="" if closed else _RUN_BY.get(normal(record["type of library"]), ""),
            postcode=postcode(record["postcode"]),
            district_code=council_named(authority, on=_OLDER_DATE, kinds=("district",)),
            opened=said(record["year opened"]),
            closed="" if closed.casefold() == "closed" else closed,
            as_at=_OLDER_DATE,
            detail=filled(
                address=", ".join(filter(None, (said(record[f"address {line}"]) for line in (1, 2, 3)))),
                authority=authority,
                authority_code=council_named(authority, on=_OLDER_DATE),
                uprn=said(record["unique property reference number"]),
                statutory=said(record["statutory"]).capitalize(),
                type=said(record["type of library"]),
                co_located_with=said(record["co-located with"]),
                website=said(record["url"]),
            ),
        )


# --- the Libraries Taskforce of 2016 -------------------------------------------------------------------

_TASKFORCE = ("Library service", "Library name", "Postal address", "Postcode", "URL of library website")
_TASKFORCE_DATE = date(2016, 7, 1)


def is_taskforce(opened: Opened) -> bool:
    """Static libraries open at 1 July 2016, under a title row that says so."""
    sheet = sheet_with(opened, _TASKFORCE)
    return sheet is not None and preamble_says(sheet, "open at 1 July 2016")


def read_taskforce(opened: Opened) -> Iterable[ReadTable]:
    """Every library of the 2016 list: all were open."""
    sheet = sheet_with(opened, _TASKFORCE)
    return (facilities(_taskforce(sheet)),) if sheet is not None else ()


def _taskforce(sheet: Sheet) -> Iterator[Facility | RejectedRow]:
    for row, record in records(sheet):
        name, authority = said(record["library name"]), said(record["library service"])
        if not name:
            yield nameless(sheet, row, "Library name")
            continue
        yield Facility(
            facility=identity(authority, name),
            kind="library",
            name=name,
            status="open",
            postcode=postcode(record["postcode"]),
            district_code=council_named(authority, on=_TASKFORCE_DATE, kinds=("district",)),
            as_at=_TASKFORCE_DATE,
            detail=filled(
                address=said(record["postal address"]),
                authority=authority,
                authority_code=council_named(authority, on=_TASKFORCE_DATE),
                website=said(record["url of library website"]),
            ),
        )


def _is_year(year: int, opened: Opened) -> bool:
    return year_of(opened) == year


def _is_later(opened: Opened) -> bool:
    return year_of(opened) > max(OWN_DATASET) or 2016 <= year_of(opened) < min(OWN_DATASET)


for _year in OWN_DATASET:
    register(Reader(f"libraries-england-{_year}", 1, partial(_is_year, _year), read))
register(Reader("libraries-england-other-years", 1, _is_later, read))
register(Reader("libraries-england-2019", 1, is_older, read_older))
register(Reader("libraries-taskforce-2016", 1, is_taskforce, read_taskforce))
