"""LibrariesWest (seven authorities): members by library and small area, loans, reservations and stock.

Measures: members, loans, renewals, reservations, reservation-days, stock-items, stock-loans, stock-renewals.
The members of a library by small area are counts of 5 and more; fewer are "*", and stay suppressed: the value
is empty and the note "*". Members whose small area is not known count under their district, category "small
area not given", or under the authority they joined, category "place not given". The summary of members is
rounded to 10 by its publisher. Members and stock carry no date: both are the last snapshot, of July 2021. Small
areas are those of 2011; authorities are named, and take the code of the council of that name in 2021, Poole the
code it had until 2019. Money paid is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.matching import has_only_columns, sheet_with
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import area_kinds, melt, numbers, periods
from commonweal.lake.readers.sheets import (
    WHY_NO_AREA,
    WHY_NO_NUMBER,
    WHY_NO_PERIOD,
    Problem,
    column,
    distinct,
    kept_rows,
)
from commonweal.policy.place_names import council_named

SNAPSHOT = "July 2021"
_ON = date(2021, 7, 1)
_MEMBERS = ("registered_authority", "registered_library", "district_code", "lsoa_code", "users")
_SUMMARY = ("registered_authority", "name", "users")
_LOANS = ("month_issued", "authority", "item_type", "issues", "renewals")
_RESERVED = ("month_placed", "item_authority", "pickup_authority", "reservations", "days_taken")
_STOCK = ("authority", "item_type", "items", "total_issues", "total_renewals")


def is_members(opened: Opened) -> bool:
    """Members by library and small area."""
    return sheet_with(opened, _MEMBERS) is not None


def read_members(opened: Opened) -> Iterable[ReadTable]:
    """One row of use a library and small area; suppressed stays suppressed."""
    sheet = sheet_with(opened, _MEMBERS)
    if sheet is None:
        return ()
    small, district = column(sheet, "lsoa_code"), column(sheet, "district_code")
    authority = _codes(column(sheet, "registered_authority"))
    wide = pc.if_else(pc.not_equal(district, ""), district, authority)
    unplaced = pc.if_else(pc.not_equal(district, ""), "small area not given", "place not given")
    given = pc.not_equal(small, "")
    return (_use(
        sheet,
        site=column(sheet, "registered_library"),
        codes=pc.if_else(given, small, wide),
        measure="members",
        category=pc.if_else(given, "", unplaced),
        when=pa.repeat(SNAPSHOT, sheet.table.num_rows),
        cells=column(sheet, "users"),
    ),)


def read_summary(opened: Opened) -> Iterable[ReadTable]:
    """One row of use a library, rounded to 10."""
    sheet = opened.sheets[0]
    return (_use(
        sheet,
        site=column(sheet, "name"),
        codes=_codes(column(sheet, "registered_authority")),
        measure="members",
        category="",
        when=pa.repeat(SNAPSHOT, sheet.table.num_rows),
        cells=column(sheet, "users"),
    ),)


def read_loans(opened: Opened) -> Iterable[ReadTable]:
    """Loans and renewals an authority, month and type of item."""
    names = {"issues": "loans", "renewals": "renewals"}
    return _long(opened.sheets[0], names, where="authority", what="item_type", when="month_issued")


def read_reservations(opened: Opened) -> Iterable[ReadTable]:
    """Reservations, and the days they took, by where they were picked up; category is whose item it was."""
    names = {"reservations": "reservations", "days_taken": "reservation-days"}
    return _long(opened.sheets[0], names, where="pickup_authority", what="item_authority", when="month_placed")


def read_stock(opened: Opened) -> Iterable[ReadTable]:
    """Items held and their loans, an authority and type of item."""
    names = {"items": "stock-items", "total_issues": "stock-loans", "total_renewals": "stock-renewals"}
    return _long(opened.sheets[0], names, where="authority", what="item_type", when="")


def _long(sheet: Sheet, names: dict[str, str], *, where: str, what: str, when: str) -> tuple[ReadTable, ...]:
    kept = [name for name in (where, what, when) if name]
    long = melt(sheet.table, kept, list(names))
    columns = {name: long.column(name).combine_chunks() for name in (*kept, "name", "value")}
    coded = pc.dictionary_encode(columns["name"])
    return (_use(
        sheet,
        site="",
        codes=_codes(columns[where]),
        measure=pa.array([names[name] for name in coded.dictionary.to_pylist()]).take(coded.indices),
        category=columns[what],
        when=columns[when] if when else pa.repeat(SNAPSHOT, long.num_rows),
        cells=columns["value"],
    ),)


def _codes(names: pa.Array) -> pa.Array:
    """The code of each council named."""
    found = {name: council_named(name, on=_ON) for name in distinct(names)}
    return pa.array([found[name] for name in names.to_pylist()], pa.string())


def _use(
    sheet: Sheet, *, site: str | pa.Array, codes: pa.Array, measure: str | pa.Array, category: str | pa.Array,
    when: pa.Array, cells: pa.Array,
) -> ReadTable:
    span, values, kinds = periods(when), numbers(cells), area_kinds(codes)
    columns = {
        "service": "libraries",
        "site": site,
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
        Problem(pc.equal(kinds, ""), "area", WHY_NO_AREA, codes),
        Problem(span.bad, "month", WHY_NO_PERIOD, when),
        Problem(values.bad, "count", WHY_NO_NUMBER, cells),
    )
    return kept_rows("use", sheet, columns, problems)


def _only(columns: Sequence[str], opened: Opened) -> bool:
    return has_only_columns(opened, columns)


register(Reader("librarieswest-members", 1, is_members, read_members))
register(Reader("librarieswest-members-summary", 1, lambda opened: _only(_SUMMARY, opened), read_summary))
register(Reader("librarieswest-loans", 1, lambda opened: _only(_LOANS, opened), read_loans))
register(Reader("librarieswest-reservations", 1, lambda opened: _only(_RESERVED, opened), read_reservations))
register(Reader("librarieswest-stock", 1, lambda opened: _only(_STOCK, opened), read_stock))
