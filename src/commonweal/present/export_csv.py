"""Tables as CSV that opens rightly in a spreadsheet and runs nothing there."""

from __future__ import annotations

import csv
import io
from datetime import date

from commonweal.present.guard import guarded, printable
from commonweal.present.table import Cell, DataTable


def csv_of(table: DataTable) -> bytes:
    """The table as CSV: UTF-8 with a byte order mark, headings first, numbers plain, reasons where values miss."""
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow([guarded(printable(column.title)) for column in table.columns])
    for row in table.rows:
        writer.writerow([plain_cell(cell) for cell in row])
    return b"\xef\xbb\xbf" + kept.getvalue().encode()


def plain_cell(cell: Cell) -> str:
    """A cell as a machine reads it."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return repr(cell)
    return guarded(printable(str(cell)))
