"""Library activity of English authorities a month or quarter, as tidied from Arts Council England's annual return.

Measures: visits (category: where), loans (format, age of content), events and event-attendance (kind, age
group), computer-hours, wifi-sessions, and in the services file a year's totals of each with active-members.
Service is libraries, site is empty: the whole service of an authority. Events and attendance have the same
headings, and so have computers and wifi: they are told apart by Bolton's figure for April 2023; any other
year's must be mapped by a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.matching import cells_match, has_only_columns, sheet_with
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import area_kinds, melt, numbers, periods
from commonweal.lake.readers.sheets import (
    WHY_NO_AREA,
    WHY_NO_NUMBER,
    WHY_NO_PERIOD,
    Problem,
    column,
    kept_rows,
    mapped,
)

_VISITS = ("Authority", "Location", "Period", "Count")
_LOANS = ("Authority", "Format", "Content age group", "Period", "Count")
_EVENTS = ("Authority", "Event type", "Age group", "Period", "Count")
_COUNTS = ("Authority", "Period", "Count")
_TELLING = {  # Bolton's row of April 2023 in each of the files whose headings do not say what is counted
    "events": ("E08000001", "Physical", "Adult", "2023-04-01/P1M", "188"),
    "event-attendance": ("E08000001", "Physical", "Adult", "2023-04-01/P1M", "1502"),
    "computer-hours": ("E08000001", "2023-04-01/P1M", "4561"),
    "wifi-sessions": ("E08000001", "2023-04-01/P1M", "18282"),
}
_SERVICES = {
    "Users": "active-members", "Events": "events", "Attendance": "event-attendance", "Loans": "loans",
    "Visits": "visits", "Computer hours": "computer-hours", "Wifi sessions": "wifi-sessions",
}
_SERVICE = ("Authority code", "Authority nice name", "Library service", "Period")


def is_tidy(columns: tuple[str, ...], measure: str, opened: Opened) -> bool:
    """A tidy file of this layout, and of this measure where the layout does not settle it."""
    if not has_only_columns(opened, columns):
        return False
    sheet = opened.sheets[0]
    if not cells_match(sheet, "Period", r"\d{4}-\d\d-\d\d/P\d+[MY]"):
        return False
    return measure not in _TELLING or _holds(sheet, columns, _TELLING[measure])


def _holds(sheet: Sheet, columns: tuple[str, ...], row: tuple[str, ...]) -> bool:
    return row in set(zip(*(column(sheet, name).to_pylist() for name in columns), strict=True))


def read_tidy(columns: tuple[str, ...], measure: str, opened: Opened) -> Iterable[ReadTable]:
    """One row of use a row."""
    sheet = opened.sheets[0]
    groups = [column(sheet, name) for name in columns if name not in _COUNTS]
    category = pc.binary_join_element_wise(*groups, ", ") if groups else ""
    return (_use(sheet, column(sheet, "Authority"), column(sheet, "Period"), column(sheet, "Count"),
                 measure=measure, category=category),)


def is_services(opened: Opened) -> bool:
    """A row an authority with its year's totals."""
    return sheet_with(opened, (*_SERVICE, *_SERVICES)) is not None


def read_services(opened: Opened) -> Iterable[ReadTable]:
    """One row of use an authority and measure; an authority that made no return has empty values."""
    sheet = sheet_with(opened, (*_SERVICE, *_SERVICES))
    if sheet is None:
        return ()
    long = melt(sheet.table, ("Authority code", "Period"), tuple(_SERVICES))
    names, codes, when, cells = (
        long.column(name).combine_chunks() for name in ("name", "Authority code", "Period", "value")
    )
    measures = mapped(names, {name.casefold(): measure for name, measure in _SERVICES.items()})
    return (_use(sheet, codes, when, cells, measure=measures, category=""),)


def _use(
    sheet: Sheet, codes: pa.Array, when: pa.Array, cells: pa.Array, *, measure: str | pa.Array,
    category: str | pa.Array,
) -> ReadTable:
    span, values, kinds = periods(when), numbers(cells), area_kinds(codes)
    columns = {
        "service": "libraries",
        "area_kind": kinds,
        "area_code": codes,
        "measure": measure,
        "category": category,
        "period": span.label,
        "period_start": span.start,
        "period_end": span.end,
        "value": values.value,
        "note": values.note,
    }
    problems = (
        Problem(pc.equal(kinds, ""), "Authority", WHY_NO_AREA, codes),
        Problem(span.bad, "Period", WHY_NO_PERIOD, when),
        Problem(values.bad, "Count", WHY_NO_NUMBER, cells),
    )
    return kept_rows("use", sheet, columns, problems)


for _dataset, _columns, _measure in (
    ("ace-libraries-visits", _VISITS, "visits"),
    ("ace-libraries-loans", _LOANS, "loans"),
    ("ace-libraries-events", _EVENTS, "events"),
    ("ace-libraries-event-attendance", _EVENTS, "event-attendance"),
    ("ace-libraries-computers", _COUNTS, "computer-hours"),
    ("ace-libraries-wifi", _COUNTS, "wifi-sessions"),
):
    register(Reader(_dataset, 1, partial(is_tidy, _columns, _measure), partial(read_tidy, _columns, _measure)))
register(Reader("ace-libraries-services", 1, is_services, read_services))
