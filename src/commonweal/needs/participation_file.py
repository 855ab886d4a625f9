"""A consultation's export opened in a capped process, so that a hostile file may fail, never the server."""

from __future__ import annotations

from pathlib import PurePath

from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen, Sheet
from commonweal.lake.sandbox import Caps, Sandbox
from commonweal.needs.participation import Grid, Results, results_in

LIMIT = 10 * MIB
CAPS = Caps(memory_bytes=1536 * MIB, cpu_seconds=30, wall_seconds=45.0)
LIMITS = Limits(
    file_bytes=LIMIT, inside_bytes=8 * LIMIT, workbook_bytes=8 * LIMIT, document_bytes=LIMIT, rows=200_000,
    columns=500, cell_chars=100_000,
)


def results_of(name: str, data: bytes) -> Results:
    """The questions of a file; CannotOpen or Refused with a sentence where there is none."""
    plain = PurePath(name).name
    if len(data) > LIMIT:
        raise CannotOpen(f"The file is over {LIMIT // MIB} MB. Bring the consultation in parts.")
    with Sandbox(caps=CAPS) as sandbox:
        opened = sandbox.open_bytes(plain, data, limits=LIMITS)
    sheets = [sheet for one in opened for sheet in one.sheets if sheet.table.num_rows]
    if not sheets:
        raise CannotOpen(f"“{plain}” holds no table with rows. Export the answers as CSV or Excel.")
    return results_in(grid_of(max(sheets, key=lambda one: one.table.num_rows)), name=PurePath(plain).stem)


def grid_of(sheet: Sheet) -> Grid:
    """A sheet as rows of text."""
    columns = [["" if cell is None else str(cell) for cell in one.to_pylist()] for one in sheet.table.columns]
    rows = tuple(zip(*columns, strict=True))
    return Grid(sheet.columns, rows, tuple(sheet.row_of(place) for place in range(len(rows))))
