"""A confirmed mapping applied to a sheet: rows for the lake, and the rows kept out with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.assistant.mapping import Headers, Mapping, MappingBroken, Target, ValueColumn, check
from commonweal.lake.assistant.register import Register
from commonweal.lake.opening.model import Sheet
from commonweal.lake.readers.base import ReadTable, RejectedRow
from commonweal.lake.readers.cells import Numbers, area_kinds, numbers, periods, rows_for, slug, text
from commonweal.lake.readers.periods import UnknownPeriod, period
from commonweal.lake.readers.sheets import Problem, kept_rows

_WHY_NO_AREA = "the area code is missing or is none that is known"
_WHY_NO_PERIOD = "the period cannot be read; write it as 2023/24, 2023-04 or March 2023"
_WHY_NO_NUMBER = "the value is not a number, and not a mark for a missing one"
_NUMBERS_BESIDE = ("lower95", "upper95", "count", "denominator")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a mapping made of a sheet: tables for the lake, and remarks on codes that were kept but are odd."""

    tables: tuple[ReadTable, ...]
    remarks: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows that go in."""
        return sum(table.rows.num_rows for table in self.tables)

    @property
    def rejected(self) -> tuple[RejectedRow, ...]:
        """Rows kept out."""
        return tuple(row for table in self.tables for row in table.rejected)


def confirm(sheet: Sheet, mapping: Mapping, *, register: Register | None = None) -> Confirmed:
    """Rows of the lake from a sheet by a confirmed mapping; raises MappingBroken if they do not fit.

    Codes of abolished or unknown areas are kept and remarked on; a row without an area, a readable
    period or a readable number is kept out with the reason.
    """
    check(mapping)
    missing = [name for name in mapping.used() if name not in sheet.columns]
    if missing:
        raise MappingBroken(f"The sheet “{sheet.name}” has no column “{missing[0]}”. Confirm the columns again.")
    tables = _MAKERS[mapping.target](sheet, mapping)
    codes = {code for table in tables for code in _codes(table)}
    return Confirmed(tables, (*(register or Register()).remarks(codes), *_repeats(tables)))


def _repeats(tables: Iterable[ReadTable]) -> Iterable[str]:
    """A remark where rows differ in nothing but their value: a column that tells them apart was left out."""
    for table in tables:
        keys = [name for name in _TELLING[Target(table.table)] if name in table.rows.column_names]
        distinct = table.rows.group_by(keys).aggregate([]).num_rows
        if distinct < table.rows.num_rows:
            yield (
                f"{table.rows.num_rows - distinct:,} rows of {table.table} repeat another's area, period and "
                "category. Choose the column that tells them apart as the category."
            )
            return


def _codes(table: ReadTable) -> Iterable[str]:
    column = "district_code" if table.table == Target.FACILITIES else "area_code"
    return (code for code in pc.unique(table.rows.column(column)).to_pylist() if code)


def _observations(sheet: Sheet, mapping: Mapping) -> tuple[ReadTable, ...]:
    codes = text(sheet.table.column(mapping.column_for("area_code")))
    kinds = area_kinds(codes)
    nowhere = Problem(pc.equal(kinds, ""), mapping.column_for("area_code") or "", _WHY_NO_AREA, codes)
    area = {"area_code": codes, "area_kind": kinds}
    return tuple(_observed(sheet, mapping, value, area, nowhere) for value in mapping.values)


def _observed(
    sheet: Sheet, mapping: Mapping, value: ValueColumn, area: dict[str, pa.Array], nowhere: Problem
) -> ReadTable:
    read = numbers(sheet.table.column(value.column))
    when, problem = _when(sheet, mapping, value)
    columns = {
        **area, **when, "value": read.value, "note": read.note,
        "indicator": _indicator(sheet, mapping, value), "unit": _words(sheet, mapping, "unit") or value.unit,
        **_qualified(sheet, mapping),
    }
    for name in _NUMBERS_BESIDE:
        if (published := mapping.column_for(name)) is not None:
            columns[name] = numbers(sheet.table.column(published)).value
    return kept_rows(Target.OBSERVATIONS, sheet, columns, (nowhere, *problem, _no_number(sheet, value, read)))


def _qualified(sheet: Sheet, mapping: Mapping) -> dict[str, Any]:
    """Sex, age and category where the table has them, in the lake's own words."""
    found: dict[str, Any] = {}
    for name in ("sex", "age", "category"):
        cells = _words(sheet, mapping, name)
        if cells is not None and not (isinstance(cells, str) and not cells):
            found[name] = _sexes(cells) if name == "sex" and isinstance(cells, pa.Array) else cells
    if "category" in found:
        named = slug(mapping.column_for("category") or "category")
        found["category_type"] = mapping.given_for("category_type") or named
    return found


_SEX = {"m": "male", "male": "male", "males": "male", "men": "male", "boys": "male",
        "f": "female", "female": "female", "females": "female", "women": "female", "girls": "female"}


def _sexes(cells: pa.Array) -> pa.Array:
    coded = pc.dictionary_encode(cells)
    words = [_SEX.get(word.lower(), "persons") for word in coded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(coded.indices)


def _words(sheet: Sheet, mapping: Mapping, name: str) -> Any:
    """A column of the lake as cells, or as what a person typed, or nothing."""
    published = mapping.column_for(name)
    if published is not None:
        return text(sheet.table.column(published))
    return mapping.given_for(name) or None


def _indicator(sheet: Sheet, mapping: Mapping, value: ValueColumn) -> Any:
    published = mapping.column_for("indicator")
    if published is None:
        named = mapping.given_for("indicator") or mapping.title
        return slug(named if mapping.headers is Headers.PERIOD else value.name)
    coded = pc.dictionary_encode(text(sheet.table.column(published)))
    return pa.array([slug(word) for word in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)


def _when(sheet: Sheet, mapping: Mapping, value: ValueColumn) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The period of every row of a value column, and what is wrong with those that have none."""
    published = mapping.column_for("period")
    if published is not None:
        cells = sheet.table.column(published)
        read = periods(cells)
        when = {"period": read.label, "period_start": read.start, "period_end": read.end}
        return when, (Problem(read.bad, published, _WHY_NO_PERIOD, text(cells)),)
    typed = value.name if mapping.headers is Headers.PERIOD else mapping.given_for("period")
    try:
        span = period(typed)
    except UnknownPeriod as error:
        raise MappingBroken(str(error)) from error
    return {"period": span.label, "period_start": span.start, "period_end": span.end}, ()


def _no_number(sheet: Sheet, value: ValueColumn, read: Numbers) -> Problem:
    return Problem(read.bad, value.column, _WHY_NO_NUMBER, text(sheet.table.column(value.column)))


def _use(sheet: Sheet, mapping: Mapping) -> tuple[ReadTable, ...]:
    return tuple(_used(sheet, mapping, value) for value in mapping.values)


def _used(sheet: Sheet, mapping: Mapping, value: ValueColumn) -> ReadTable:
    read = numbers(sheet.table.column(value.column))
    when, problem = _when(sheet, mapping, value)
    site = value.name if mapping.headers is Headers.SITE else _words(sheet, mapping, "site")
    measure = slug(value.name) if mapping.headers is Headers.MEASURE else mapping.given_for("measure") or "use"
    columns: dict[str, Any] = {
        **when, "service": mapping.given_for("service"), "site": site or "", "measure": measure,
        "category": _words(sheet, mapping, "category") or "", "value": read.value, "note": read.note,
        **_area(_words(sheet, mapping, "area_code")),
    }
    return kept_rows(Target.USE, sheet, columns, (*problem, _no_number(sheet, value, read)))


def _area(codes: Any) -> dict[str, Any]:
    """The area of use and its kind: a column of codes, one code for every row, or none."""
    if isinstance(codes, pa.Array):
        return {"area_code": codes, "area_kind": area_kinds(codes)}
    return {"area_code": codes or "", "area_kind": area_kinds(pa.array([codes or ""]))[0].as_py()}


def _facilities(sheet: Sheet, mapping: Mapping) -> tuple[ReadTable, ...]:
    names = text(sheet.table.column(mapping.column_for("name")))
    length = len(names)
    columns: dict[str, Any] = {
        name: _words(sheet, mapping, name)
        for name in ("kind", "operator", "postcode", "district_code", "lsoa_code", "opened", "closed")
    }
    columns |= {"name": names, "status": _words(sheet, mapping, "status") or "unknown"}
    columns["facility"] = _facility_keys(sheet, mapping, names)
    for name in ("lon", "lat"):
        if (published := mapping.column_for(name)) is not None:
            columns[name] = numbers(sheet.table.column(published)).value
    kept = {name: cells for name, cells in columns.items() if cells is not None}
    rows = rows_for(Target.FACILITIES, length, **kept)
    blank = pc.equal(names, "")
    rejected = tuple(
        RejectedRow(sheet.name, sheet.row_of(at), mapping.column_for("name") or "", "the place has no name")
        for at in pc.indices_nonzero(blank).to_pylist()
    )
    return (ReadTable(Target.FACILITIES, rows.filter(pc.invert(blank)), rejected),)


def _facility_keys(sheet: Sheet, mapping: Mapping, names: pa.Array) -> pa.Array:
    """The publisher's own reference, or the name with the postcode."""
    published = mapping.column_for("facility")
    if published is not None:
        return text(sheet.table.column(published))
    postcodes = _words(sheet, mapping, "postcode")
    where = postcodes if isinstance(postcodes, pa.Array) else pa.repeat("", len(names))
    pairs = zip(names.to_pylist(), where.to_pylist(), strict=True)
    return pa.array([slug(f"{name} {code}") for name, code in pairs], pa.string())


_TELLING = {
    Target.OBSERVATIONS: ("indicator", "area_code", "period", "sex", "age", "category"),
    Target.USE: ("site", "area_code", "measure", "category", "period"),
    Target.FACILITIES: ("facility",),
}
_MAKERS = {Target.OBSERVATIONS: _observations, Target.USE: _use, Target.FACILITIES: _facilities}
