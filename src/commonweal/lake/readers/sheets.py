"""What readers of tables share: a column as text, what its words mean, keeping out rows that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.matching import column_named, normal, normal_columns
from commonweal.lake.opening.model import Sheet
from commonweal.lake.readers.base import ReadTable, RejectedRow
from commonweal.lake.readers.cells import rows_for, text

WHY_NO_AREA = "not an area code that is known"
WHY_NO_PERIOD = "not a period that can be read"
WHY_NO_NUMBER = "not a number, and not a mark for a missing one"


@dataclass(frozen=True, slots=True)
class Problem:
    """Rows that must stay out: where `mask` is true, because of `column`, for `reason`."""

    mask: pa.Array
    column: str
    reason: str
    cells: pa.Array | None = None


def has_only(sheet: Sheet, *columns: str) -> bool:
    """Whether a sheet has these columns and no other."""
    return normal_columns(sheet) == {normal(name) for name in columns}


def column(sheet: Sheet, *names: str) -> pa.Array:
    """Trimmed text of the first of these columns that is there; KeyError if none is."""
    found = column_named(sheet, *names)
    if found is None:
        raise KeyError(f"none of {', '.join(names)}")
    return text(sheet.table.column(found))


def optional(sheet: Sheet, *names: str) -> pa.Array:
    """As `column`, and empty text in every row where none of them is there."""
    try:
        return column(sheet, *names)
    except KeyError:
        return pa.repeat("", sheet.table.num_rows)


def distinct(cells: pa.Array) -> frozenset[str]:
    """The different texts of a column."""
    return frozenset(pc.unique(cells).to_pylist())


def mapped(cells: pa.Array, meaning: dict[str, str], otherwise: str = "") -> pa.Array:
    """Each text put through a table of meanings, capitals and spacing apart."""
    coded = pc.dictionary_encode(cells)
    words = [meaning.get(normal(word), otherwise) for word in coded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(coded.indices)


def kept_rows(table: str, sheet: Sheet, columns: dict[str, Any], problems: Iterable[Problem]) -> ReadTable:
    """Rows of one lake table, one a row of the sheet (or of its columns laid end to end), without the bad ones.

    A row with several problems is kept out once, for the first.
    """
    length = next(len(given) for given in columns.values() if isinstance(given, pa.Array | pa.ChunkedArray | list))
    rows = rows_for(table, length, **columns)
    out = pa.repeat(False, length)
    rejected: list[RejectedRow] = []
    for problem in problems:
        new = pc.and_(pc.fill_null(problem.mask, True), pc.invert(out))
        rejected += _named(sheet, new, problem)
        out = pc.or_(out, new)
    return ReadTable(table, rows.filter(pc.invert(out)), tuple(rejected))


def _named(sheet: Sheet, mask: pa.Array, problem: Problem) -> Sequence[RejectedRow]:
    held = problem.cells.to_pylist() if problem.cells is not None else None
    return [
        RejectedRow(
            sheet.name,
            sheet.row_of(index % sheet.table.num_rows),
            problem.column,
            problem.reason if held is None else f'{problem.reason}: "{str(held[index])[:60]}"',
        )
        for index in pc.indices_nonzero(mask).to_pylist()
    ]
