"""Tables as CSV that opens rightly in a spreadsheet and runs nothing there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from commonweal.present.guard import guarded, printable
from commonweal.present.table import Cell, DataTable


def csv_of(table: DataTable) -> bytes:
    """The table as CSV: UTF-8 with a byte order mark, headings first, numbers plain, reasons where values miss."""
    return b"".join(csv_lines(table, table.rows))


def csv_lines(table: DataTable, rows: Iterable[tuple[Cell, ...]]) -> Iterator[bytes]:
    """The same a line at a time, under a table's headings, so that a long list is never held whole."""
    yield b"\xef\xbb\xbf" + _line(guarded(printable(column.title)) for column in table.columns)
    for row in rows:
        yield _line(plain_cell(cell) for cell in row)


def _line(cells: Iterable[str]) -> bytes:
    kept = io.StringIO()
    csv.writer(kept).writerow(cells)
    return kept.getvalue().encode()


def plain_cell(cell: Cell) -> str:
    """A cell as a machine reads it."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return repr(cell)
    return guarded(printable(str(cell)))
