"""An export in Parquet, a row group at a time out of a capped process: few bytes of it can unpack to many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from commonweal.lake.opening.limits import MIB
from commonweal.lake.opening.model import CannotOpen
from commonweal.lake.sandbox import Sandbox

MOST_BYTES = 256 * MIB    # of one row group, unpacked: a million visits
SAMPLE_BYTES = 32 * MIB
SAMPLE_ROWS = 2_000
MOST_GROUPS = 5_000


def first_rows(path: Path, sandbox: Sandbox | None) -> tuple[pa.Table, int]:
    """The first rows of an export, and how many row groups it has; CannotOpen with what to do."""
    with sandbox or Sandbox() as room:
        return room.run(sample_in, path.absolute(), about=f"“{path.name}”")


def row_groups(path: Path, columns: tuple[str, ...], groups: int) -> Iterator[pa.RecordBatch]:
    """The named columns, row group after row group."""
    with Sandbox() as room:
        for at in range(groups):
            table = room.run(group_in, path.absolute(), columns, at, about=f"“{path.name}”")
            yield from table.combine_chunks().to_batches()


def sample_in(path: Path) -> tuple[pa.Table, int]:
    """Called in a worker: what `first_rows` gives."""
    with _said(path):
        file = pq.ParquetFile(path)
        names = file.schema_arrow.names
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise CannotOpen(f"“{path.name}” has two columns called “{twice[:60]}”. Give each a name of its own.")
        if file.num_row_groups > MOST_GROUPS:
            raise CannotOpen(f"“{path.name}” is in more pieces than are read. Export it again as CSV.")
        first = next(file.iter_batches(SAMPLE_ROWS), None)
        table = pa.Table.from_batches([first] if first is not None else [], file.schema_arrow)
        return _plain(path, table, SAMPLE_BYTES), file.num_row_groups


def group_in(path: Path, columns: tuple[str, ...], at: int) -> pa.Table:
    """Called in a worker: one row group."""
    with _said(path):
        return _plain(path, pq.ParquetFile(path).read_row_group(at, list(columns)), MOST_BYTES)


def _plain(path: Path, table: pa.Table, most: int) -> pa.Table:
    """Dates as they are and everything else as text, in no more bytes than an export can have."""
    held = {name: _column(path, name, table[name]) for name in table.column_names}
    made = pa.table(held)
    if made.nbytes > most:
        raise CannotOpen(
            f"“{path.name}” holds far more in its cells than visits do. Check that it is the right file, or "
            "export it again in months."
        )
    return made


def _column(path: Path, name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return column
    try:
        return pc.cast(column, pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid) as error:
        raise CannotOpen(
            f"The column “{name[:60]}” of “{path.name}” holds {kind} and no plain cells. Leave it out, or export "
            "it as CSV."
        ) from error


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Whatever a damaged file makes Arrow trip over, as one sentence; too little memory goes on up."""
    try:
        yield
    except (MemoryError, CannotOpen):
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise CannotOpen(f"“{path.name}” is a damaged Parquet file. Export it again.") from error
