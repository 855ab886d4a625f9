"""Arts Council England's return of library activity as published: a row an authority, some 490 columns of months.

The workbook and the CSV made of it hold the same columns under other names (use_ace_source.yaml); both go to
one data set. The workbook's headings say the year; the CSV's do not, so the return of 2023-24 is known by
Barnsley's number of members. Authorities are given by name, and take the code of the council of that name.
Blank cells keep their rows, with the note "blank". Notes in the return's own words are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import pyarrow as pa
import pyarrow.compute as pc
import yaml

from commonweal.lake.opening.matching import normal, sheet_with
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import area_kinds, melt, numbers, periods
from commonweal.lake.readers.sheets import WHY_NO_NUMBER, WHY_NO_PERIOD, Problem, column, kept_rows
from commonweal.policy.place_names import council_named

_CSV = ("library_details", "authority", "total_active_members", "wifi_sessions_april")
_BOOK = ("Library Details", "Library Authority (Upper Tier Local Authority)", "Total Active Members")
_TELLING = ("Barnsley", "13835")
_TELLING_YEAR = 2023
_MONTHS = (
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "january",
    "february", "march",
)
_LATER = frozenset(("january", "february", "march"))
_IN_BOOK = re.compile(r"(.+?) - (\w+) (\d{4})( digital)?")
_IN_CSV = re.compile(rf"(.+?) ({'|'.join(_MONTHS)})( digital)?")


@dataclass(frozen=True, slots=True)
class Counted:
    """What one column counts, and when."""

    measure: str
    category: str
    period: str


def source_sheet(opened: Opened) -> Sheet | None:
    """The sheet of the return, in either spelling."""
    book = sheet_with(opened, _BOOK)
    if book is not None and any(_IN_BOOK.fullmatch(normal(name)) for name in book.columns):
        return book
    sheet = sheet_with(opened, _CSV)
    if sheet is None:
        return None
    columns = (column(sheet, name).to_pylist() for name in ("authority", "total_active_members"))
    return sheet if _TELLING in set(zip(*columns, strict=True)) else None


def is_source(opened: Opened) -> bool:
    """The return as published."""
    return source_sheet(opened) is not None


def read_source(opened: Opened) -> Iterable[ReadTable]:
    """One row of use an authority and column that counts something."""
    sheet = source_sheet(opened)
    if sheet is None:
        return ()
    counted = {name: found for name in sheet.columns if (found := what_is_counted(name)) is not None}
    authority = sheet.columns[1]
    long = melt(sheet.table, (authority,), tuple(counted))
    names, where, cells = (long.column(name).combine_chunks() for name in ("name", authority, "value"))
    return (_use(sheet, counted, names, where, cells),)


def what_is_counted(name: str) -> Counted | None:
    """The meaning of a column's heading, if it counts something."""
    months, year = _meanings()
    words = normal(name)
    in_book, in_csv = _IN_BOOK.fullmatch(words), _IN_CSV.fullmatch(words)
    if in_book is not None and (found := months.get(in_book[1] + (in_book[4] or ""))):
        return Counted(*found, f"{in_book[2].capitalize()} {in_book[3]}")
    if in_csv is not None and (found := months.get(in_csv[1] + (in_csv[3] or ""))):
        return Counted(*found, f"{in_csv[2].capitalize()} {_TELLING_YEAR + (in_csv[2] in _LATER)}")
    if (found := year.get(words)) is not None:
        return Counted(*found, f"{_TELLING_YEAR}/{(_TELLING_YEAR + 1) % 100}")
    return None


_Meanings = dict[str, tuple[str, str]]


@cache
def _meanings() -> tuple[_Meanings, _Meanings]:
    text = (files("commonweal.lake.readers") / "use_ace_source.yaml").read_text(encoding="utf-8")
    said = yaml.safe_load(text)
    tables: list[_Meanings] = [{}, {}]
    for table, rows in zip(tables, (said["months"], said["year"]), strict=True):
        for in_csv, in_book, measure, category in rows:
            table[in_csv] = table[in_book] = (measure, str(category))
    return tables[0], tables[1]


def _use(
    sheet: Sheet, counted: dict[str, Counted], names: pa.Array, where: pa.Array, cells: pa.Array
) -> ReadTable:
    coded = pc.dictionary_encode(names)
    meanings = [counted[name] for name in coded.dictionary.to_pylist()]
    places = pc.dictionary_encode(where)
    on = date(_TELLING_YEAR, 10, 1)
    codes = pa.array([council_named(name, on=on) for name in places.dictionary.to_pylist()]).take(places.indices)
    span = periods(pa.array([one.period for one in meanings]).take(coded.indices))
    values = numbers(cells)
    columns = {
        "service": "libraries",
        "area_kind": area_kinds(codes),
        "area_code": codes,
        "measure": pa.array([one.measure for one in meanings]).take(coded.indices),
        "category": pa.array([one.category for one in meanings]).take(coded.indices),
        "period": span.label,
        "period_start": span.start,
        "period_end": span.end,
        "value": values.value,
        "note": values.note,
    }
    problems = (
        Problem(pc.equal(codes, ""), "authority", "not the name of a council", where),
        Problem(span.bad, "heading", WHY_NO_PERIOD, span.label),
        Problem(values.bad, "count", WHY_NO_NUMBER, cells),
    )
    return kept_rows("use", sheet, columns, problems)


register(Reader("ace-libraries-activity-return", 1, is_source, read_source))
