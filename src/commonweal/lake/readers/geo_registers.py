"""Registers of every area code there is or was: districts, upper tiers, combined authorities, wards, councils.

In `areas`, kind `alias` is another name people use for the area with that code: "Adur District Council",
"GB-LAE-ADU". A code no longer in use becomes (area_links) the active one beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import area_kinds, rows_for, text
from commonweal.lake.readers.geo_levels import distinct

# The year the registers were compiled in: their newest codes (Barnsley E08000038) came into force in April 2025.
COMPILED, BEFORE = 2025, 2020

_NOW = (COMPILED, COMPILED)
_PARENTS = (("CAUTHCD", "CAUTHNM"), ("RGNCD", "RGNNM"), ("CTRYCD", "CTRYNM"))


def _has(*columns: str, without: tuple[str, ...] = ()) -> Callable[[Opened], bool]:
    def recognises(opened: Opened) -> bool:
        if len(opened.sheets) != 1:
            return False
        there = set(opened.sheets[0].columns)
        return set(columns) <= there and not there & set(without)

    return recognises


def _areas(sheet: Sheet, code: str, name: str, vintage: int | pa.Array) -> pa.Table:
    codes, names = text(sheet.table[code]), text(sheet.table[name])
    kinds = area_kinds(codes)
    known = pc.and_(pc.and_(pc.not_equal(codes, ""), pc.not_equal(names, "")), pc.not_equal(kinds, ""))
    rows = rows_for("areas", len(codes), kind=kinds, code=codes, vintage=vintage, name=names)
    return distinct(rows.filter(known))


def _links(
    sheet: Sheet, low: str, high: str, *, relation: str, vintages: tuple[int | pa.Array, int] = _NOW
) -> pa.Table:
    below, above = text(sheet.table[low]), text(sheet.table[high])
    from_kind, to_kind = area_kinds(below), area_kinds(above)
    known = pc.and_(pc.not_equal(from_kind, ""), pc.not_equal(to_kind, ""))
    rows = rows_for(
        "area_links", len(below), from_kind=from_kind, from_code=below, from_vintage=vintages[0],
        to_kind=to_kind, to_code=above, to_vintage=vintages[1], relation=relation,
    )
    return distinct(rows.filter(pc.and_(known, pc.not_equal(below, above))))


def _read_districts(code: str, name: str, opened: Opened) -> Iterator[ReadTable]:
    """la_all_codes, area_all_codes: every district code with the active one and its parents."""
    sheet = opened.sheets[0]
    codes, active = text(sheet.table[code]), text(sheet.table["LADCD_ACTIVE"])
    old = pc.and_(pc.not_equal(active, ""), pc.not_equal(codes, active))
    vintage = pc.cast(pc.if_else(old, BEFORE, COMPILED), pa.int32())
    yield ReadTable("areas", distinct(pa.concat_tables(
        [_areas(sheet, code, name, vintage), *(_areas(sheet, *pair, COMPILED) for pair in _PARENTS)]
    )))
    yield ReadTable("area_links", distinct(pa.concat_tables([
        _links(sheet, code, "LADCD_ACTIVE", relation="becomes", vintages=(vintage, COMPILED)),
        _links(sheet, "LADCD_ACTIVE", "UTLACD", relation="within"),
        *_within(sheet, "LADCD_ACTIVE"),
    ])))


def _within(sheet: Sheet, low: str) -> list[pa.Table]:
    return [
        _links(sheet, low, "CAUTHCD", relation="within"), _links(sheet, low, "RGNCD", relation="within"),
        _links(sheet, "RGNCD", "CTRYCD", relation="within"),
    ]


def _read_parents(code: str, name: str, opened: Opened) -> Iterator[ReadTable]:
    """utla_all_codes, cauth_all_codes: upper tiers or combined authorities in use and their parents."""
    sheet = opened.sheets[0]
    yield ReadTable("areas", _areas(sheet, code, name, COMPILED))
    yield ReadTable("area_links", distinct(pa.concat_tables(_within(sheet, code))))


def _read_wards(opened: Opened) -> Iterator[ReadTable]:
    """ward_all_codes: each ward with the year of the list it is from (SOURCEFILE) as vintage."""
    sheet = opened.sheets[0]
    vintage = pc.cast(text(sheet.table["SOURCEFILE"]), pa.int32())
    yield ReadTable("areas", _areas(sheet, "WDCD", "WDNM", vintage))
    links = _links(sheet, "WDCD", "LADCD_ACTIVE", relation="within", vintages=(vintage, COMPILED))
    yield ReadTable("area_links", links)


def _read_councils(opened: Opened) -> Iterator[ReadTable]:
    """la_orgid_to_gss: councils' names and organisation ids as other names of their areas."""
    table = opened.sheets[0].table
    codes = text(table["gss_code"])
    known = pc.and_(pc.not_equal(area_kinds(codes), ""), pc.equal(text(table["active"]), "TRUE"))
    rows = [
        rows_for("areas", len(codes), kind="alias", code=codes, vintage=COMPILED, name=text(table[column]))
        for column in ("name", "normalised_name", "org_id")
    ]
    every = pa.concat_tables([part.filter(known) for part in rows])
    yield ReadTable("areas", distinct(every.filter(pc.not_equal(every["name"], ""))))


def _register() -> None:
    parents = ("CAUTHCD", "RGNCD")
    readers = (
        ("districts-all-codes", _has("LADCD", "LADNM", "LADCD_ACTIVE", "UTLACD", "RGNCD", "Current"),
         partial(_read_districts, "LADCD", "LADNM")),
        ("areas-all-codes", _has("areacode", "areaname", "areatype", "LADCD_ACTIVE", "UTLACD", "RGNCD"),
         partial(_read_districts, "areacode", "areaname")),
        ("upper-tiers-all-codes", _has("UTLACD", "UTLANM", *parents, without=("LADCD", "WDCD", "areacode")),
         partial(_read_parents, "UTLACD", "UTLANM")),
        ("combined-authorities-all-codes", _has("CAUTHNM", *parents, without=("UTLACD", "LADCD", "areacode")),
         partial(_read_parents, "CAUTHCD", "CAUTHNM")),
        ("wards-all-codes", _has("WDCD", "WDNM", "SOURCEFILE", "LADCD_ACTIVE"), _read_wards),
        ("councils-organisation-ids", _has("org_id", "gss_code", "normalised_name", "active"), _read_councils),
    )
    for dataset, recognises, read in readers:
        register(Reader(dataset, 1, recognises, read))


_register()
