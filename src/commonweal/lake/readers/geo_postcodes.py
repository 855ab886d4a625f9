"""Postcodes: the national lookups as published (NSPL, ONSPD), Code-Point Open without headings too, JSON by area.

A postcode is stored as written on an envelope: "IP1 1AA". Grid references that the publisher marks as unknown are
empty. Data set keys: `postcodes-nspl`, `postcodes-onspd`, `postcodes-nspl-tidy`, `postcodes-by-area`,
`code-point-open`, `code-point-open-areas`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Form, Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import numbers, rows_for, text
from commonweal.lake.readers.geo_levels import kept_out

POSTCODE = r"^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$"
_OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
NO_GRID = (9, 90)  # quality marks of Code-Point Open (90) and the national lookups (9) that mean no grid reference

Columns = dict[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A heading style: for each column of the lake, the headings that mean it, first match taken."""

    postcode: str
    district_code: str = ""
    ward_code: str = ""
    lsoa_code: str = ""
    easting: str = ""
    northing: str = ""
    quality: str = ""
    needs: tuple[str, ...] = ("postcode",)
    without: str = ""

    def columns(self, sheet: Sheet) -> Columns:
        """The lake's columns that this table has, with its own heading for each; nothing if it does not fit."""
        wanted = {name: getattr(self, name) for name in _NAMES if getattr(self, name)}
        found = {name: _first(pattern, sheet.columns) for name, pattern in wanted.items()}
        there = {name: column for name, column in found.items() if column}
        if self.without and _first(self.without, sheet.columns):
            return {}
        return there if set(self.needs) <= set(there) else {}


_NAMES = ("postcode", "district_code", "ward_code", "lsoa_code", "easting", "northing", "quality")
_ALL = ("postcode", "district_code", "easting", "northing", "quality")
_NSPL = Layout(
    "pcds", r"laua|lad\d\dcd", r"ward|wd\d\dcd", r"lsoa21(cd)?", r"(os)?east1m", r"(osnrth|north)1m",
    r"(os)?grdind|gridind", needs=(*_ALL, "lsoa_code"), without=r"oscty|oslaua|parish|parncp\d\dcd",
)
_ONSPD = Layout(
    "pcds", r"oslaua|lad\d\dcd", r"osward|wd\d\dcd", r"lsoa21(cd)?", r"(os)?east1m", r"(osnrth|north)1m",
    r"(os)?grdind|gridind", needs=_ALL,
)
_TIDY = Layout(
    "postcode", "lad_code", "ward_code", "lsoa21_code", needs=("postcode", "district_code", "lsoa_code")
)
_CODE_POINT = Layout(
    "pc|postcode", "dc|admin_district(_code)?", "wc|admin_ward(_code)?", "", "ea|eastings?", "no|northings?",
    "pq|positional_quality(_indicator)?", needs=_ALL,
)
_HEADERLESS = Layout(
    "column 1", "column 9", "column 10", "", "column 3", "column 4", "column 2", needs=_ALL,
)


def _first(pattern: str, columns: tuple[str, ...]) -> str:
    return next((column for column in columns if re.fullmatch(pattern, column.strip().lower())), "")


def _layouts(opened: Opened, *layouts: Layout) -> Columns:
    if opened.form not in (Form.TABLE, Form.WORKBOOK) or len(opened.sheets) != 1:
        return {}
    return next((columns for layout in layouts if (columns := layout.columns(opened.sheets[0]))), {})


def _is_postcodes(column: pa.ChunkedArray) -> bool:
    """Whether the first cells are postcodes."""
    first = as_written(column.slice(0, 50))
    return len(first) > 0 and pc.all(pc.match_substring_regex(first, POSTCODE)).as_py()


def as_written(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Postcodes as on an envelope: capitals, one space before the last three characters."""
    bare = pc.replace_substring_regex(pc.utf8_upper(text(column)), r"\s+", "")
    return pc.replace_substring_regex(bare, r"^(.*)(.{3})$", r"\1 \2")


def read_sheet(sheet: Sheet, columns: Columns) -> ReadTable:
    """Rows with a postcode; those whose postcode is none are kept out."""
    written = as_written(sheet.table[columns["postcode"]])
    good = pc.match_substring_regex(written, POSTCODE)
    codes = {name: text(sheet.table[columns[name]]) for name in _NAMES[1:4] if name in columns}
    grid = {
        name: pc.cast(numbers(sheet.table[columns[name]]).value, pa.int32(), safe=False)
        for name in _NAMES[4:] if name in columns
    }
    if "quality" in grid:
        nowhere = pc.is_in(grid["quality"], value_set=pa.array(NO_GRID, pa.int32()))
        for name in ("easting", "northing"):
            grid[name] = pc.if_else(nowhere, pa.scalar(None, pa.int32()), grid[name])
    rows = rows_for("postcodes", len(written), postcode=written, **codes, **grid)
    out = kept_out(sheet, pc.invert(good), columns["postcode"], "not a postcode")
    return ReadTable("postcodes", rows if not out else rows.filter(good), out)


def _recognises(layouts: tuple[Layout, ...], opened: Opened) -> bool:
    columns = _layouts(opened, *layouts)
    return bool(columns) and _is_postcodes(opened.sheets[0].table[columns["postcode"]])


def _read(layouts: tuple[Layout, ...], opened: Opened) -> Iterator[ReadTable]:
    yield read_sheet(opened.sheets[0], _layouts(opened, *layouts))


def _is_one_area(opened: Opened) -> bool:
    """Whether the first and last postcodes are of one area (IP): a file an area, as Code-Point Open comes."""
    columns = _layouts(opened, _CODE_POINT, _HEADERLESS)
    if not columns:
        return False
    column = opened.sheets[0].table[columns["postcode"]]
    ends = pa.chunked_array([*column.slice(0, 50).chunks, *column.slice(max(0, len(column) - 50)).chunks])
    written = text(ends)
    areas = pc.extract_regex(pc.utf8_upper(written), r"^(?P<area>[A-Z]{1,2})[0-9]")
    return pc.count_distinct(pc.struct_field(areas, "area")).as_py() == 1


def _code_point(one_area: bool) -> Callable[[Opened], bool]:
    def recognises(opened: Opened) -> bool:
        if not _recognises((_CODE_POINT, _HEADERLESS), opened):
            return False
        sheet = opened.sheets[0]
        if not sheet.headerless and "column 1" in sheet.columns:
            return False
        return _is_one_area(opened) == one_area

    return recognises


def _is_json(opened: Opened) -> bool:
    """{"IP1": {"1AA": [district, ward, small area]}}."""
    document = opened.document
    if opened.form is not Form.JSON or not isinstance(document, dict) or not document:
        return False
    outcode, inside = next(iter(document.items()))
    if not _OUTCODE.fullmatch(outcode) or not isinstance(inside, dict) or not inside:
        return False
    first = next(iter(inside.values()))
    return isinstance(first, list) and len(first) == 3


def _read_json(opened: Opened) -> Iterator[ReadTable]:
    document = opened.document if isinstance(opened.document, dict) else {}
    rows = list(_json_rows(document))
    names = ("postcode", "district_code", "ward_code", "lsoa_code")
    columns = dict(zip(names, (list(cells) for cells in zip(*rows, strict=True)), strict=True)) if rows else {}
    yield ReadTable("postcodes", rows_for("postcodes", len(rows), **columns))


def _json_rows(document: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, str, str, str]]:
    for outcode, inside in document.items():
        for incode, (district, ward, small_area) in inside.items():
            yield f"{outcode} {incode}", district or "", ward or "", small_area or ""


def _register() -> None:
    tables = (("postcodes-nspl", (_NSPL,)), ("postcodes-onspd", (_ONSPD,)), ("postcodes-nspl-tidy", (_TIDY,)))
    for dataset, layouts in tables:
        read = partial(_read, layouts)
        register(Reader(dataset, 1, partial(_either, dataset, layouts), read))
    for dataset, one_area in (("code-point-open", False), ("code-point-open-areas", True)):
        register(Reader(dataset, 1, _code_point(one_area), partial(_read, (_CODE_POINT, _HEADERLESS))))
    register(Reader("postcodes-by-area", 1, _is_json, _read_json))


def _either(dataset: str, layouts: tuple[Layout, ...], opened: Opened) -> bool:
    """NSPL and ONSPD share headings: what is the one is not the other."""
    if dataset == "postcodes-onspd" and _layouts(opened, _NSPL):
        return False
    return _recognises(layouts, opened)


_register()
