"""Tables with a row an area and a column a measure, the commonest shape published, as observations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import ReadTable, RejectedRow
from commonweal.lake.readers.cells import (
    BLANK,
    Numbers,
    Period,
    area_kinds,
    fractions_as_percent,
    numbers,
    rows_for,
    text,
)

NOT_AN_AREA = "this is not the code of an area, so the row was left out"
NOT_A_CELL = "this cell is not what its column holds, so it was left out"


@dataclass(frozen=True, slots=True)
class Measure:
    """A column and what it holds; `percent` where the publisher writes 0.125 for 12.5 per cent.

    `blank` is the note of an empty cell: why the publisher leaves it so, where that is known. `remark` is
    the note of a value: what was done to it here.
    """

    column: str
    indicator: str
    unit: str
    percent: bool = False
    blank: str = BLANK
    remark: str = ""


def plain(header: str) -> str:
    """A header without byte order mark, line breaks and doubled or trailing spaces."""
    return " ".join(header.lstrip("\ufeff").split())


def headers(sheet: Sheet) -> tuple[str, ...]:
    """The column names of a sheet, plain."""
    return tuple(plain(name) for name in sheet.columns)


def sheet_with(opened: Opened, wanted: Iterable[str], without: Iterable[str] = ()) -> Sheet | None:
    """The first sheet that has all the wanted columns and none of the others; None if no sheet does."""
    need, never = frozenset(wanted), frozenset(without)
    for sheet in opened.sheets:
        there = frozenset(headers(sheet))
        if need <= there and not never & there:
            return sheet
    return None


def found(opened: Opened, wanted: Iterable[str], without: Iterable[str] = ()) -> Sheet:
    """The sheet `sheet_with` finds; ValueError where a reader is handed a file it does not recognise."""
    sheet = sheet_with(opened, wanted, without)
    if sheet is None:
        raise ValueError(f"{opened.path} is not laid out as this reader expects")
    return sheet


def tidied(sheet: Sheet) -> pa.Table:
    """The sheet's table with plain headers."""
    return sheet.table.rename_columns(list(headers(sheet)))


def known_areas(sheet: Sheet, code: str) -> tuple[pa.Table, tuple[RejectedRow, ...], pa.Array]:
    """The rows whose `code` names an area, those that hold anything and do not, and where the kept ones stood."""
    table = tidied(sheet)
    known = pc.not_equal(area_kinds(table.column(code)), "")
    places = pc.indices_nonzero(known)
    if len(places) == table.num_rows:
        return table, (), places
    unknown = pc.and_(pc.invert(known), _something_in(table))
    kept_out = kept_out_at(sheet, code, table.column(code), unknown, reason=NOT_AN_AREA)
    return table.filter(known), kept_out, places


def _something_in(table: pa.Table) -> pa.Array:
    """Whether each row holds anything at all: blank lines are no rows."""
    filled = [pc.not_equal(text(column), "") for column in table.columns]
    return reduce(pc.or_, filled)


def wide_observations(sheet: Sheet, *, code: str, measures: Sequence[Measure], period: Period) -> ReadTable:
    """An observation for each area and measure; cells that are no number are kept out, marks become notes."""
    table, kept_out, places = known_areas(sheet, code)
    codes = text(table.column(code))
    order = pc.sort_indices(codes)
    codes = codes.take(order)
    shared = {
        "area_kind": area_kinds(codes), "area_code": codes,
        "period": period.label, "period_start": period.start, "period_end": period.end,
    }
    pieces: list[pa.Table] = []
    for measure in sorted(measures, key=lambda one: one.indicator):
        cells = table.column(measure.column).combine_chunks().take(order)
        read = numbers(cells)
        rows = rows_for(
            "observations", len(codes), **shared, indicator=measure.indicator, unit=measure.unit,
            value=fractions_as_percent(read.value) if measure.percent else read.value, note=_note(read, measure),
        )
        if pc.any(read.bad).as_py():
            kept_out += kept_out_at(sheet, measure.column, cells, read.bad, places=places.take(order))
            rows = rows.filter(pc.invert(read.bad))
        pieces.append(rows)
    return ReadTable("observations", pa.concat_tables(pieces), kept_out)


def _note(read: Numbers, measure: Measure) -> pa.Array:
    note = read.note
    if measure.blank != BLANK:
        note = pc.if_else(pc.equal(note, BLANK), measure.blank, note)
    if measure.remark:
        note = pc.if_else(pc.is_valid(read.value), measure.remark, note)
    return note


def kept_out_at(
    sheet: Sheet, column: str, cells: pa.Array | pa.ChunkedArray, bad: pa.Array, *,
    places: pa.Array | None = None, reason: str = NOT_A_CELL,
) -> tuple[RejectedRow, ...]:
    """A RejectedRow for each bad cell, ending with what it held.

    `places` says where in the sheet's table each cell stood, where rows were left out or moved since.
    """
    where = pc.indices_nonzero(bad)
    held = text(cells).take(where).to_pylist()
    rows = where if places is None else places.take(where)
    return tuple(
        RejectedRow(sheet.name, sheet.row_of(row), column, f'{reason}: "{shown[:60]}"')
        for row, shown in zip(rows.to_pylist(), held, strict=True)
    )
