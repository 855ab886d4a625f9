"""Parts of data sets written and checked beside the lake, not yet of it."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from commonweal.lake.checks import checked, in_order, plain
from commonweal.lake.manifest import SourceFile, StoredPart, StoredTable, fingerprint, shape, sync_folder
from commonweal.lake.readers.base import ReadTable, RejectedRow
from commonweal.lake.schema import TABLES

GROUP = 65_536  # rows
GROUPS = {"boundaries": 2_048}  # shapes are heavy, and a place needs few of them
REJECTED = "rejected.csv"
_DATES = ("period_end", "period_start", "as_at", "valid_from")
_YEARS = ("vintage", "to_vintage")


class StoreDamaged(RuntimeError):
    """What was written did not come back as written; the text says what to look at."""


@dataclass(frozen=True, slots=True)
class NewPart:
    """What one source gives a data set: `part` is empty for a data set with one source."""

    tables: tuple[ReadTable, ...]
    sources: tuple[SourceFile, ...] = ()
    part: str = ""
    reader_version: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A part on disk in a folder of its own, waiting to be taken into the lake."""

    part: StoredPart
    folder: str


def write_draft(folder: Path, dataset: str, new: NewPart) -> Draft:
    """Check a part's rows, write them to `folder` and read them back.

    Raises WrongShape where rows do not fit their table, StoreDamaged where the disk gives back something else.
    """
    fitted = _together(new.tables)
    folder.mkdir(parents=True)
    tables = tuple(_write_table(folder, dataset, name, rows) for name, rows in sorted(fitted.items()))
    rejected = [row for read in new.tables for row in read.rejected]
    if rejected:
        _write_rejected(folder / REJECTED, rejected)
    sync_folder(folder)
    version = fingerprint(
        [str(new.reader_version), *(f"{one.table} {one.sha256}" for one in tables),
         *sorted(source.sha256 + source.inside for source in new.sources)]
    )
    edition = max((_edition(rows) for rows in fitted.values()), default="")
    part = StoredPart(new.part, version, new.reader_version, new.sources, tables, len(rejected), edition)
    return Draft(part, str(folder))


def draft_folder(root: Path) -> Path:
    """A name for a draft's folder, beside the lake and marked with the process that will write it."""
    return root / "drafts" / f"{os.getpid()}-{uuid.uuid4().hex[:12]}"


def sweep_drafts(root: Path) -> None:
    """Delete what writers that died left behind."""
    folder = root / "drafts"
    for left in folder.iterdir() if folder.exists() else ():
        if not _alive(left.name.partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: str) -> bool:
    """Whether a process still works: one that has died and whose end nobody has collected does not."""
    with contextlib.suppress(OSError, IndexError):
        state = Path(f"/proc/{int(process) if process.isdecimal() else 0}/stat").read_text("utf-8")
        if state.rpartition(")")[2].split()[0] == "Z":
            return False
    with contextlib.suppress(ValueError, ProcessLookupError, OverflowError):
        try:
            os.kill(int(process), 0)
        except PermissionError:
            return True
        return True
    return False


def _together(tables: Iterable[ReadTable]) -> dict[str, pa.Table]:
    """Checked rows by table; a table read in several pieces becomes one."""
    pieces: dict[str, list[pa.Table]] = {}
    for read in tables:
        pieces.setdefault(read.table, []).append(checked(read.table, read.rows))
    return {
        name: rows[0] if len(rows) == 1 else checked(name, pa.concat_tables(plain(name, one) for one in rows))
        for name, rows in pieces.items()
    }


def _write_table(folder: Path, dataset: str, name: str, rows: pa.Table) -> StoredTable:
    """Write rows in order, a group at a time so that no second copy of a large table is held."""
    path = folder / f"{name}.parquet"
    order = in_order(name, rows)
    schema = TABLES[name].schema.append(pa.field("dataset", pa.string(), nullable=False))
    with path.open("wb") as file:
        with pq.ParquetWriter(file, schema, compression="zstd", store_schema=False) as writer:
            for group in _groups(name, dataset, rows, order):
                writer.write_table(group, row_group_size=group.num_rows or 1)
        file.flush()
        os.fsync(file.fileno())
    stored = pq.ParquetFile(path)
    groups = _groups(name, dataset, rows, order)
    same = all(stored.read_row_group(at).equals(group) for at, group in enumerate(groups) if group.num_rows)
    if not same or stored.metadata.num_rows != rows.num_rows:
        raise StoreDamaged(f"{path.name} of '{dataset}' did not come back as written: is the disk full?")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return StoredTable(name, rows.num_rows, digest, shape(name))


def _groups(name: str, dataset: str, rows: pa.Table, order: pa.Array) -> Iterator[pa.Table]:
    """The rows in order, a row group at a time, each labelled with its data set."""
    size = GROUPS.get(name, GROUP)
    for start in range(0, max(1, rows.num_rows), size):
        group = plain(name, rows.take(order.slice(start, size)))
        yield group.append_column(
            pa.field("dataset", pa.string(), nullable=False), pa.repeat(pa.scalar(dataset), group.num_rows)
        )


def _write_rejected(path: Path, rows: Iterable[RejectedRow]) -> None:
    """The rows kept out, as a table a person can open."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("sheet", "row", "column", "reason"))
        writer.writerows((row.sheet, row.row, row.column, row.reason) for row in rows)
        file.flush()
        os.fsync(file.fileno())


def read_rejected(folder: Path) -> tuple[RejectedRow, ...]:
    """The rows kept out of the part in a folder."""
    path = folder / REJECTED
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple(RejectedRow(row["sheet"], int(row["row"]), row["column"], row["reason"]) for row in rows)


def _edition(rows: pa.Table) -> str:
    """The latest date the rows speak of, or the latest year of their codes where they have no dates."""
    dates = [pc.max(rows.column(name)).as_py() for name in _DATES if name in rows.column_names]
    days = [day.isoformat() for day in dates if day is not None]
    years = [pc.max(rows.column(name)).as_py() for name in _YEARS if name in rows.column_names]
    return max(days or [str(year) for year in years if year is not None], default="")
