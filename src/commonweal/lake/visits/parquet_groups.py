"""An export in Parquet, a row group at a time out of a capped process: few bytes of it can unpack to many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
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
_LENGTH = 4               # bytes that the length of one cell takes where text is written out
_NUMBERS = frozenset((
    pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(),
    pa.float32(), pa.float64(),
))


def first_rows(path: Path, sandbox: Sandbox | None) -> tuple[pa.Table, int]:
    """The first rows of an export, and how many row groups it has; CannotOpen with what to do."""
    with sandbox or Sandbox() as room:
        return room.run(sample_in, path.absolute(), about=f"“{path.name}”")


def row_groups(path: Path, columns: tuple[str, ...], groups: int) -> Iterator[pa.RecordBatch]:
    """The named columns, row group after row group; one is unpacked while the one before is looked at."""
    with Sandbox() as room, ThreadPoolExecutor(1) as beside:
        where, about = path.absolute(), f"“{path.name}”"
        coming: list[Future[pa.Table]] = []
        for at in range(groups + 1):
            if at < groups:
                coming.append(beside.submit(room.run, group_in, where, columns, at, about=about))
            if at:
                yield from coming.pop(0).result().combine_chunks().to_batches()


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
        few = _repeating(pq.ParquetFile(path), at)
        table = pq.ParquetFile(path, read_dictionary=few).read_row_group(at, list(columns))
        return _plain(path, table, MOST_BYTES, few)


def _repeating(file: pq.ParquetFile, at: int) -> list[str]:
    """Columns of text that lie as few different cells: in fewer bytes than the lengths of all would take."""
    group = file.metadata.row_group(at)
    text = {one.name for one in file.schema_arrow if pa.types.is_string(one.type)}
    parts = [group.column(one) for one in range(group.num_columns)]
    return [
        one.path_in_schema for one in parts
        if one.path_in_schema in text and one.total_uncompressed_size < _LENGTH * group.num_rows
    ]


def _plain(path: Path, table: pa.Table, most: int, few: Sequence[str] = ()) -> pa.Table:
    """Dates and numbers as they are and everything else as text, in no more bytes than an export can have."""
    made = pa.table({
        name: table[name] if name in few else _column(path, name, table[name]) for name in table.column_names
    })
    made.validate(full=True)
    if sum(map(_bytes, made.columns)) > most:
        raise CannotOpen(
            f"“{path.name}” holds far more in its cells than visits do. Check that it is the right file, or "
            "export it again in months."
        )
    return made


def _column(path: Path, name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind) or kind in _NUMBERS:
        return column
    try:
        return pc.cast(column, pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid) as error:
        raise CannotOpen(
            f"The column “{name[:60]}” of “{path.name}” holds {kind} and no plain cells. Leave it out, or export "
            "it as CSV."
        ) from error


def _bytes(column: pa.ChunkedArray) -> int:
    """What a column's cells take when each is written out."""
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    lengths = (pc.binary_length(one.dictionary).take(one.indices) for one in column.chunks)
    return int(column.nbytes) + sum(pc.sum(one, min_count=0).as_py() for one in lengths)


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Whatever a damaged file makes Arrow trip over, as one sentence; too little memory goes on up."""
    try:
        yield
    except (MemoryError, CannotOpen):
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise CannotOpen(f"“{path.name}” is a damaged Parquet file. Export it again.") from error
