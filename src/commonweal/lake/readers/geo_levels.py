"""What a column of area codes is, told from its heading: LSOA21CD is lower-layer areas of 2021, LAD24NM names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import ReadTable, RejectedRow
from commonweal.lake.readers.cells import area_kinds, rows_for, text

_STEMS = {
    "oa": "oa", "lsoa": "lsoa", "lsoan": "lsoa", "msoa": "msoa", "wd": "ward", "ward": "ward", "lad": "district",
    "ltla": "district", "la": "district", "utla": "upper", "ctyua": "upper", "cty": "county", "rgn": "region",
    "region": "region", "icb": "icb", "sicbl": "sicbl", "cauth": "combined", "ctry": "country",
}
_OFFICIAL = re.compile(r"([a-z]+?)(\d{2})(cd|nm)")
_TIDY = re.compile(r"([a-z]+?)(\d{2})_(code|name)")
_IGNORED = re.compile(r"(objectid|fid|globalid|[a-z]+\d{2}(nmw|cdh|cdo)|[a-z]+\d{2}_code_nhs|bng_[en]|column \d+)")
_CHANGE = ("chgind", "chnginds", "change_code")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of geography in a table: its column of codes, and of names where there is one."""

    level: str
    vintage: int
    code: str
    name: str = ""


def levels(sheet: Sheet) -> dict[tuple[str, int], Level]:
    """The levels a table speaks of, by kind and vintage."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for column in sheet.columns:
        parts = _parts(column)
        if parts is not None:
            level, vintage, role = parts
            found.setdefault((level, vintage), {}).setdefault(role, column)
    return {
        key: Level(*key, roles["code"], roles.get("name", "")) for key, roles in found.items() if "code" in roles
    }


def _parts(column: str) -> tuple[str, int, str] | None:
    lower = column.strip().lower()
    match = _OFFICIAL.fullmatch(lower) or _TIDY.fullmatch(lower)
    if match is None or match[1] not in _STEMS:
        return None
    return _STEMS[match[1]], 2000 + int(match[2]), "code" if match[3] in ("cd", "code") else "name"


def change_column(sheet: Sheet) -> str:
    """The column that says how an area changed (U, S, M, X); empty where there is none."""
    return next((column for column in sheet.columns if column.lower() in _CHANGE), "")


def is_lookup(opened: Opened) -> bool:
    """Whether a file is one table of area codes and names and nothing else."""
    if len(opened.sheets) != 1 or opened.sheets[0].table.num_rows == 0:
        return False
    sheet = opened.sheets[0]
    return len(levels(sheet)) >= 2 and all(
        _parts(column) or _IGNORED.fullmatch(column.strip().lower()) or column.lower() in _CHANGE
        for column in sheet.columns
    )


def areas_of(sheet: Sheet, level: Level) -> pa.Table:
    """The areas a level names, each once."""
    pairs = pa.table({"code": text(sheet.table[level.code]), "name": text(sheet.table[level.name])})
    pairs = pairs.filter(pc.and_(pc.not_equal(pairs["code"], ""), pc.not_equal(pairs["name"], "")))
    once = pairs.group_by("code", use_threads=False).aggregate([("name", "first")])
    codes = once["code"].combine_chunks()
    return rows_for(
        "areas", len(codes), kind=area_kinds(codes), code=codes, name=once["name_first"], vintage=level.vintage
    )


def links_of(sheet: Sheet, low: Level, high: Level, *, relation: str, change: str = "") -> ReadTable:
    """One link a row from a level to another, each pair once; rows whose code is no code are kept out."""
    from_code, to_code = text(sheet.table[low.code]), text(sheet.table[high.code])
    from_kind, to_kind = area_kinds(from_code), area_kinds(to_code)
    both = pc.and_(pc.not_equal(from_code, ""), pc.not_equal(to_code, ""))
    bad = pc.and_(both, pc.or_(pc.equal(from_kind, ""), pc.equal(to_kind, "")))
    itself = pc.equal(from_code, to_code) if relation == "within" else pa.repeat(False, len(from_code))
    good = pc.and_(both, pc.invert(pc.or_(bad, itself)))
    rows = rows_for(
        "area_links", len(from_code),
        from_kind=from_kind, from_code=from_code, from_vintage=low.vintage,
        to_kind=to_kind, to_code=to_code, to_vintage=high.vintage,
        relation=relation, change=text(sheet.table[change]) if change else "",
    ).filter(good)
    reason = "holds something that is not an area code"
    return ReadTable("area_links", distinct(rows), kept_out(sheet, bad, f"{low.code}, {high.code}", reason))


def geography_beside(sheet: Sheet) -> Iterator[ReadTable]:
    """The districts that a table of figures by small area names beside them, and which small area lay in which.

    The Indices of 2004 and 2007 are the only files that still know the districts abolished in 2009.
    """
    found = levels(sheet)
    small = [level for (kind, _), level in found.items() if kind == "lsoa"]
    named = [level for (kind, _), level in found.items() if kind == "district" and level.name]
    if len(small) == len(named) == 1:
        yield ReadTable("areas", areas_of(sheet, named[0]))
        yield links_of(sheet, small[0], named[0], relation="within")


def kept_out(sheet: Sheet, bad: pa.Array | pa.ChunkedArray, column: str, reason: str) -> tuple[RejectedRow, ...]:
    """A RejectedRow, with the row a person would look for, for each true in `bad`."""
    where = pc.indices_nonzero(bad).to_pylist()
    return tuple(RejectedRow(sheet.name, sheet.row_of(i), column, reason) for i in where)


def distinct(rows: pa.Table) -> pa.Table:
    """The same rows, each once, in the order they first came."""
    names = rows.column_names
    return rows.group_by(names, use_threads=False).aggregate([]).select(names).cast(rows.schema)
