"""The lake on disk: Parquet files under a manifest, written whole or not at all, read without waiting."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from commonweal.lake.checks import WrongShape, checked, in_order
from commonweal.lake.manifest import (
    Manifest,
    Provenance,
    SourceFile,
    StoredDataset,
    StoredPart,
    StoredTable,
    fingerprint,
    load,
    shape,
    swap,
    sync_folder,
)
from commonweal.lake.readers.base import ReadTable, RejectedRow
from commonweal.lake.schema import TABLES

KEEP = 3
EDITION_COLUMNS = ("period_end", "period_start", "as_at", "valid_from")


class StoreBusy(RuntimeError):
    """Somebody else is writing the same data set; the text says to try again."""


class StoreDamaged(RuntimeError):
    """A file the manifest names is not there or not whole; the text says what to do."""


@dataclass(frozen=True, slots=True)
class NewPart:
    """What one source gives a data set: `part` is empty for a data set with one source."""

    tables: tuple[ReadTable, ...]
    sources: tuple[SourceFile, ...] = ()
    part: str = ""
    reader_version: int = 1


class Store:
    """A folder of data sets. Safe to share between threads and processes; readers never wait."""

    def __init__(self, root: Path | str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.root = Path(root)
        self._now = now
        self._seen: tuple[object, Manifest] = (None, Manifest())

    # --- reading ---------------------------------------------------------------------------------

    @property
    def manifest(self) -> Manifest:
        """What is stored now; re-read only when the file has changed."""
        try:
            stat = (self.root / "manifest.json").stat()
        except FileNotFoundError:
            return Manifest()
        key = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if self._seen[0] != key:
            self._seen = (key, load(self.root))
        return self._seen[1]

    @property
    def exists(self) -> bool:
        """Whether anything is stored."""
        return bool(self.manifest.datasets)

    @property
    def version(self) -> str:
        """A short fingerprint that changes whenever any data set does; empty when nothing is stored."""
        return self.manifest.version

    def datasets(self) -> tuple[StoredDataset, ...]:
        """Every data set stored, in order of its key."""
        return self.manifest.datasets

    def dataset(self, dataset: str) -> StoredDataset | None:
        """One data set, or nothing."""
        return self.manifest.get(dataset)

    def files(self, table: str, *datasets: str) -> tuple[Path, ...]:
        """The Parquet files that hold a table, of some data sets or of all."""
        if table not in TABLES:
            raise WrongShape(f"there is no table '{table}' in the lake; it has {', '.join(TABLES)}")
        return tuple(
            self._folder(one.dataset, part.version) / f"{table}.parquet"
            for one in self.manifest.datasets
            if not datasets or one.dataset in datasets
            for part in one.parts
            if any(stored.table == table and stored.rows for stored in part.tables)
        )

    def table(self, name: str, *datasets: str) -> Any:
        """An Ibis table in `lake.schema` columns plus `dataset`; naming data sets reads only their files."""
        from commonweal.lake import engine  # noqa: PLC0415 - reading files alone need not wait for the engine

        files = self.files(name, *datasets)
        return engine.view(f"{name}_{fingerprint(map(str, files))}", _select(name, files))

    def arrow(self, expr: Any) -> pa.Table:
        """Run an expression."""
        from commonweal.lake import engine  # noqa: PLC0415 - as above

        return engine.backend().to_pyarrow(expr)

    def rejected(self, dataset: str) -> tuple[RejectedRow, ...]:
        """The rows kept out of a data set: sheet, row, column and why."""
        one = self.manifest.get(dataset)
        rows: list[RejectedRow] = []
        for part in one.parts if one else ():
            path = self._folder(dataset, part.version) / "rejected.json"
            if path.exists():
                rows += [RejectedRow(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
        return tuple(rows)

    # --- writing ---------------------------------------------------------------------------------

    def replace(
        self,
        dataset: str,
        *,
        provenance: Provenance,
        tables: Iterable[ReadTable],
        sources: Sequence[SourceFile] = (),
        reader_version: int = 1,
    ) -> StoredDataset:
        """Put new rows in place of all a data set held, whole or not at all.

        Raises WrongShape (rows that do not fit, nothing changed) or StoreBusy (another writer).
        """
        part = NewPart(tuple(tables), tuple(sources), reader_version=reader_version)
        return self.replace_parts(dataset, provenance=provenance, parts=(part,))

    def replace_parts(
        self, dataset: str, *, provenance: Provenance, parts: Iterable[NewPart], keep_others: bool = False
    ) -> StoredDataset:
        """Put new parts in place; with `keep_others`, beside the parts that are not named again."""
        with self.writer(dataset):
            self._sweep(dataset)
            written = {part.part: self._write(dataset, part) for part in parts}
            return self._adopt(dataset, provenance, written, keep_others)

    def forget(self, dataset: str) -> None:
        """Take a data set out of the lake."""
        with self.writer(dataset):
            with self._manifest_turn():
                swap(self.root, load(self.root).without(dataset))
            shutil.rmtree(self.root / "data" / dataset, ignore_errors=True)

    @contextmanager
    def writer(self, dataset: str) -> Iterator[None]:
        """Be the one writer of a data set, or raise StoreBusy; a writer that dies lets go by itself."""
        locks = self.root / "locks"
        locks.mkdir(parents=True, exist_ok=True)
        with (locks / f"{dataset}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StoreBusy(
                    f"'{dataset}' is being written by somebody else just now. Wait for them, then try again."
                ) from error
            yield

    @contextmanager
    def _manifest_turn(self) -> Iterator[None]:
        with (self.root / "locks" / ".manifest").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _folder(self, dataset: str, version: str) -> Path:
        return self.root / "data" / dataset / version

    def _write(self, dataset: str, part: NewPart) -> StoredPart:
        """Write a part beside what is there, check it by reading it back, give it its own folder."""
        fitted = _together(part.tables)
        base = self.root / "data" / dataset
        draft = base / f".writing.{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        tables = tuple(_write_table(draft, dataset, name, rows) for name, rows in sorted(fitted.items()))
        rejected = [row for read in part.tables for row in read.rejected]
        if rejected:
            words = json.dumps([asdict(row) for row in rejected], ensure_ascii=False)
            _write_whole(draft / "rejected.json", words)
        version = fingerprint(
            [part.part, str(part.reader_version), *(f"{one.table} {one.sha256}" for one in tables),
             *sorted(source.sha256 for source in part.sources)]
        )
        sync_folder(draft)
        if (base / version).exists():
            shutil.rmtree(draft)
        else:
            os.replace(draft, base / version)
        sync_folder(base)
        edition = max((_edition(rows) for rows in fitted.values()), default="")
        return StoredPart(part.part, version, part.reader_version, part.sources, tables, len(rejected), edition)

    def _adopt(
        self, dataset: str, provenance: Provenance, written: dict[str, StoredPart], keep_others: bool
    ) -> StoredDataset:
        """Swap the manifest, then clear away what no version needs."""
        with self._manifest_turn():
            manifest = load(self.root)
            old = manifest.get(dataset)
            before = {part.part: part for part in old.parts} if old else {}
            parts = {**before, **written} if keep_others else written
            ordered = tuple(parts[name] for name in sorted(parts))
            new = StoredDataset(
                dataset, fingerprint(part.version for part in ordered), provenance,
                self._now().isoformat(timespec="seconds"), ordered, _replaced(old, ordered),
            )
            if old is not None and replace(old, read_at=new.read_at) == new:
                return old
            manifest = manifest.with_dataset(new, keep=KEEP)
            swap(self.root, manifest)
        self._sweep(dataset)
        return new

    def _sweep(self, dataset: str) -> None:
        """Delete version folders no version needs, and what a writer that died left half written."""
        base = self.root / "data" / dataset
        needed = load(self.root).folders(dataset)
        for folder in base.iterdir() if base.exists() else ():
            if folder.name not in needed:
                shutil.rmtree(folder, ignore_errors=True)


def _together(tables: Iterable[ReadTable]) -> dict[str, pa.Table]:
    """Checked rows by table; a table read in several pieces becomes one."""
    pieces: dict[str, list[pa.Table]] = {}
    for read in tables:
        pieces.setdefault(read.table, []).append(checked(read.table, read.rows))
    return {
        name: rows[0] if len(rows) == 1 else in_order(name, pa.concat_tables(rows))
        for name, rows in pieces.items()
    }


def _write_table(draft: Path, dataset: str, name: str, rows: pa.Table) -> StoredTable:
    path = draft / f"{name}.parquet"
    labelled = rows.append_column("dataset", pa.repeat(pa.scalar(dataset), rows.num_rows))
    with path.open("wb") as file:
        pq.write_table(labelled, file, compression="zstd", row_group_size=65_536)
        file.flush()
        os.fsync(file.fileno())
    if not pq.read_table(path, partitioning=None).equals(labelled):
        raise StoreDamaged(f"{path.name} of '{dataset}' did not come back as written: is the disk full?")
    return StoredTable(name, rows.num_rows, hashlib.sha256(path.read_bytes()).hexdigest(), shape(name))


def _write_whole(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _edition(rows: pa.Table) -> str:
    """The latest date the rows speak of."""
    dates = [pc.max(rows.column(name)).as_py() for name in EDITION_COLUMNS if name in rows.column_names]
    return max((day.isoformat() for day in dates if day is not None), default="")


def _replaced(old: StoredDataset | None, parts: tuple[StoredPart, ...]) -> tuple[SourceFile, ...]:
    """Files once read and since replaced, so that meeting one again does not bring it back."""
    if old is None:
        return ()
    now = {source.sha256 for part in parts for source in part.sources}
    every = {source.sha256: source for source in (*old.replaced, *old.sources)}
    return tuple(source for sha, source in every.items() if sha not in now)[-50:]


def _select(name: str, files: Sequence[Path]) -> str:
    """SQL over Parquet files, or over nothing in the right columns."""
    if files:
        listed = ", ".join("'" + str(path.absolute()).replace("'", "''") + "'" for path in files)
        return f"SELECT * FROM read_parquet([{listed}])"  # noqa: S608 - paths of our own manifest, quoted
    kinds = {pa.string(): "VARCHAR", pa.float64(): "DOUBLE", pa.int32(): "INTEGER", pa.date32(): "DATE"}
    every = {**TABLES[name].columns, "dataset": pa.string()}
    columns = [f'CAST(NULL AS {kinds.get(kind, "BLOB")}) AS "{column}"' for column, kind in every.items()]
    return f"SELECT {', '.join(columns)} WHERE false"
