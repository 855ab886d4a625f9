"""Cells as publishers write them, turned into numbers, area kinds and long tables, a whole column at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.readers.periods import Period, Periods, UnknownPeriod, period, periods
from commonweal.lake.schema import TABLES

__all__ = [
    "BLANK",
    "MARKS",
    "Numbers",
    "Period",
    "Periods",
    "UnknownPeriod",
    "area_kinds",
    "fractions_as_percent",
    "mapped",
    "melt",
    "numbers",
    "period",
    "periods",
    "rows_for",
    "slug",
    "text",
]

BLANK = "blank"  # the note of a cell with nothing in it

# What publishers write where there is no number: suppressed, missing, not applicable, not collected.
MARKS = (
    "*", "**", "c", "x", "z", "[x]", "[c]", "[z]", "[u]", "[w]", "[low]", "[n/a]", "[no data]", "na", "n/a",
    "#n/a", "nan", "null", "none", "..", "...", ".", ":", "-", "–", "—", "~", "not available", "suppressed",
)

_NUMBER = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$"
_BELOW_OR_ABOVE = r"^[<>]\s*\d+(?:\.\d+)?%?$"
_FLAGGED = r"^(?P<number>[^\[\]]*[\d%])\s*(?P<flag>\[[a-zA-Z]+\])$"  # "12.3 [r]": a number with a remark

# The first three characters of a Government Statistical Service code say what kind of area it names.
_KINDS = {
    "E00": "oa", "W00": "oa", "E01": "lsoa", "W01": "lsoa", "E02": "msoa", "W02": "msoa", "S01": "lsoa",
    "S02": "msoa", "E05": "ward", "W05": "ward", "S13": "ward", "N08": "ward", "E06": "district",
    "E07": "district", "E08": "district", "E09": "district", "W06": "district", "S12": "district",
    "N09": "district", "E10": "county", "E11": "combined", "E12": "region", "E47": "combined", "E54": "icb",
    "E92": "country", "W92": "country", "S92": "country", "N92": "country", "K02": "country", "K03": "country",
    "K04": "country",
}
_OLD_DISTRICT = r"^\d\d(?:[A-Z]{2})?$"  # 00AA, 19UD: codes of districts until 2011
_OLD_WARD = r"^\d\d[A-Z]{4}$"           # 00AAFA: codes of wards until 2011
_NI_AREA = r"^95[A-Z]{2}\d\d[A-Z]\d$"    # 95ZZ16S2: Northern Ireland's super output areas


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of cells as numbers: value (empty if none), note (the publisher's mark), bad (not understood)."""

    value: pa.Array
    note: pa.Array
    bad: pa.Array


def text(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Any column as trimmed text in one piece, empty text where the cell is null."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if not pa.types.is_string(whole.type):
        whole = pc.cast(whole, pa.string())
    return pc.utf8_trim_whitespace(pc.fill_null(whole, ""))


def numbers(column: pa.Array | pa.ChunkedArray) -> Numbers:
    """A column as numbers.

    Reads "1,954", "£1,230.91", "12.5%", "(3)" as -3 and "12.3 [r]"; the marks in MARKS, "<5" and blanks
    become empty values whose note is the mark as published. What is none of these is bad and empty.
    """
    if pa.types.is_boolean(column.type) or _is_numeric(column.type):
        return _typed(column)
    cells = text(column)
    marked = pc.is_in(pc.utf8_lower(cells), value_set=pa.array(["", *MARKS]))
    plain = pc.if_else(marked, None, cells)
    try:
        value = pc.cast(plain, pa.float64())
        if pc.all(pc.is_finite(value), min_count=0).as_py() is not False:
            return Numbers(value, _notes(cells, marked), pa.repeat(False, len(cells)))
    except pa.ArrowInvalid:
        pass
    return _careful(cells, plain, marked)


def _is_numeric(kind: pa.DataType) -> bool:
    return pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)


def _typed(column: pa.Array | pa.ChunkedArray) -> Numbers:
    """Numbers from a column that already holds numbers (Parquet): not-a-number is a blank."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    value = pc.cast(whole, pa.float64())
    value = pc.if_else(pc.is_finite(value), value, pa.scalar(None, pa.float64()))
    note = pc.if_else(pc.is_null(value), BLANK, "")
    return Numbers(value, note, pa.repeat(False, len(value)))


def _careful(cells: pa.Array, plain: pa.Array, marked: pa.Array) -> Numbers:
    """The slow path: commas, pounds, per cents, brackets, flags beside a number, and cells that are no number."""
    flagged = pc.extract_regex(plain, _FLAGGED)
    flag = pc.fill_null(pc.struct_field(flagged, "flag"), "")
    bare = pc.if_else(pc.is_null(flagged), plain, pc.struct_field(flagged, "number"))
    bare = pc.replace_substring_regex(bare, r"[,£%\s]", "")
    bare = pc.replace_substring_regex(bare, r"^\((.+)\)$", r"-\1")
    bare = pc.replace_substring_regex(bare, "^[−–]", "-")
    good = pc.fill_null(pc.match_substring_regex(bare, _NUMBER), False)
    value = pc.cast(pc.if_else(good, bare, pa.scalar(None, pa.string())), pa.float64())
    good = pc.and_(good, pc.fill_null(pc.is_finite(value), False))
    value = pc.if_else(good, value, pa.scalar(None, pa.float64()))
    bounded = pc.fill_null(pc.match_substring_regex(plain, _BELOW_OR_ABOVE), False)
    note = pc.if_else(bounded, cells, pc.if_else(good, flag, _notes(cells, marked)))
    bad = pc.invert(pc.or_(pc.or_(good, marked), bounded))
    return Numbers(value, note, bad)


def _notes(cells: pa.Array, marked: pa.Array) -> pa.Array:
    """The mark of each marked cell, BLANK for an empty one, nothing for the rest."""
    return pc.if_else(marked, pc.if_else(pc.equal(cells, ""), BLANK, cells), "")


def mapped(column: pa.Array | pa.ChunkedArray, function: Callable[[str], str]) -> pa.Array:
    """Each text of a column put through a function, once for each different text."""
    coded = pc.dictionary_encode(text(column))
    return pa.array([function(one) for one in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)


def fractions_as_percent(value: pa.Array) -> pa.Array:
    """0.125 as 12.5, rounded at the twelfth place so that 0.07 is 7 and not 7.000000000000001."""
    return pc.round(pc.multiply(value, 100.0), 10)


def area_kinds(codes: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The kind of area each code names, by its first three characters; empty text where unknown.

    Codes of before 2011 ("00AA", "00AAFA") are districts and wards; data zones of Scotland and super output
    areas of Northern Ireland count as lsoa, and their intermediate zones as msoa.
    """
    cells = text(codes)
    whole = pc.match_substring_regex(cells, r"^[A-Z]\d{8}$")
    kinds = mapped(pc.utf8_slice_codeunits(cells, 0, 3), lambda prefix: _KINDS.get(prefix, ""))
    kinds = pc.if_else(whole, kinds, "")
    if pc.all(pc.not_equal(kinds, ""), min_count=0).as_py():
        return kinds
    kinds = pc.if_else(pc.match_substring_regex(cells, _NI_AREA), "lsoa", kinds)
    kinds = pc.if_else(pc.match_substring_regex(cells, _OLD_DISTRICT), "district", kinds)
    return pc.if_else(pc.match_substring_regex(cells, _OLD_WARD), "ward", kinds)


def melt(
    table: pa.Table, keep: Sequence[str], columns: Sequence[str], *, name: str = "name", value: str = "value"
) -> pa.Table:
    """Wide to long: the `keep` columns, the column's name and its cell, one block of rows a column.

    Row i of column j is row j * table.num_rows + i. The kept columns are shared, not copied.
    """
    if not columns:
        raise ValueError("melt needs at least one column")
    kept = {key: pa.chunked_array(table.column(key).chunks * len(columns), table.column(key).type) for key in keep}
    names = pa.DictionaryArray.from_arrays(
        pa.array(np.repeat(np.arange(len(columns), dtype=np.int32), table.num_rows)), pa.array(list(columns))
    )
    kind = table.column(columns[0]).type
    cells = [chunk for column in columns for chunk in pc.cast(table.column(column), kind).chunks]
    return pa.table({**kept, name: names.cast(pa.string()), value: pa.chunked_array(cells, kind)})


def rows_for(table: str, length: int, **columns: Any) -> pa.Table:
    """Rows of one lake table from arrays or single values; what is not given is empty.

    A required text column left out is "" (sex is "persons", age "all"). Columns keep the schema's order.
    """
    spec = TABLES[table]
    unknown = set(columns) - set(spec.columns)
    if unknown:
        raise ValueError(f"{table} has no column {', '.join(sorted(unknown))}")
    whole = {"sex": "persons", "age": "all"}
    arrays = []
    for column, kind in spec.columns.items():
        given = columns.get(column)
        if given is None and column in spec.required and pa.types.is_string(kind):
            given = whole.get(column, "")
        arrays.append(_array(given, length, kind))
    return pa.Table.from_arrays(arrays, schema=spec.schema)


def _array(given: Any, length: int, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    if given is None or isinstance(given, str | int | float | date):
        return pa.repeat(pa.scalar(given, kind), length)
    if isinstance(given, pa.Array | pa.ChunkedArray):
        return given if given.type == kind else pc.cast(given, kind)
    return pa.array(given, kind)


def slug(name: str) -> str:
    """A name as published in kebab case: "Life satisfaction (%)" is life-satisfaction."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower().replace("'", "").replace("’", "")))
