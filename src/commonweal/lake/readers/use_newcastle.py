"""Visits to and loans from Newcastle's libraries each month since April 2008, a column a branch.

The two files have the same headings and do not say what they count or whose branches they are: they are known
by the branches' names and by their total of April 2008. Site is the branch, empty for the total of the whole
service. A blank is kept, with the note "blank": a branch that has closed, or a month nobody counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pyarrow.compute as pc

from commonweal.lake.opening.matching import sheet_with
from commonweal.lake.opening.model import Opened
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import melt, numbers, periods
from commonweal.lake.readers.sheets import WHY_NO_NUMBER, WHY_NO_PERIOD, Problem, column, kept_rows

_BRANCHES = ("Date", "Cruddas Park", "Newbiggin Hall", "Outer West", "High Heaton", "Total")
_TELLING = {"visits": ("2008-04", "140189"), "loans": ("2008-04", "97141")}


def is_measure(measure: str, opened: Opened) -> bool:
    """Newcastle's branches, with the first month's total of this measure."""
    sheet = sheet_with(opened, _BRANCHES)
    if sheet is None:
        return False
    totals = zip(column(sheet, "Date").to_pylist(), column(sheet, "Total").to_pylist(), strict=True)
    return _TELLING[measure] in set(totals)


def read_measure(measure: str, opened: Opened) -> Iterable[ReadTable]:
    """One row of use a branch and month, and one for the whole service."""
    sheet = sheet_with(opened, _BRANCHES)
    if sheet is None:
        return ()
    long = melt(sheet.table, ("Date",), [name for name in sheet.columns if name != "Date"])
    when, branch, cells = (long.column(name).combine_chunks() for name in ("Date", "name", "value"))
    span, values = periods(when), numbers(cells)
    columns = {
        "service": "libraries",
        "site": pc.if_else(pc.equal(branch, "Total"), "", branch),
        "area_kind": "district",
        "area_code": "E08000021",
        "measure": measure,
        "period": span.label,
        "period_start": span.start,
        "period_end": span.end,
        "value": values.value,
        "note": values.note,
    }
    problems = (
        Problem(span.bad, "Date", WHY_NO_PERIOD, when),
        Problem(values.bad, "a branch", WHY_NO_NUMBER, cells),
    )
    return (kept_rows("use", sheet, columns, problems),)


for _measure in _TELLING:
    register(Reader(
        f"newcastle-libraries-{_measure}", 1, partial(is_measure, _measure), partial(read_measure, _measure)
    ))
