"""The lake on disk: Parquet files under a manifest, written whole or not at all, read without waiting."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from commonweal.lake.checks import WrongShape
from commonweal.lake.drafts import Draft, NewPart, StoreDamaged, draft_folder, read_rejected, write_draft
from commonweal.lake.manifest import (
    Manifest,
    Provenance,
    SourceFile,
    StoredDataset,
    StoredPart,
    fingerprint,
    load,
    shape,
    swap,
    sync_folder,
)
from commonweal.lake.readers.base import ReadTable, RejectedRow
from commonweal.lake.schema import TABLES

__all__ = ["Change", "NewPart", "Store", "StoreBusy", "StoreDamaged"]

KEEP = 3
AGAIN = "Run 'commonweal pull' again to put it right."


class StoreBusy(RuntimeError):
    """Somebody else is writing the same data set; the text says to try again."""


@dataclass(frozen=True, slots=True)
class Change:
    """New parts for a data set, in place of all it held or, with `keep_others`, beside its other parts.

    `passed_over` are files of the same data set that gave way to these; met again, they need not be read.
    """

    dataset: str
    provenance: Provenance
    drafts: tuple[Draft, ...]
    keep_others: bool = False
    passed_over: tuple[SourceFile, ...] = ()


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
        from commonweal.lake import engine  # here: reading files alone need not wait for the engine

        files = self.files(name, *datasets)
        self._check_shape(name)
        return engine.view(f"{name}_{fingerprint(map(str, files))}", _select(name, files))

    def read(
        self, name: str, columns: Sequence[str], where: Mapping[str, Sequence[str] | Sequence[int]]
    ) -> pa.Table:
        """Some columns of the rows whose values are among those named, without waiting for Ibis to load."""
        from commonweal.lake import engine

        files = self.files(name)
        self._check_shape(name)
        try:
            return engine.read(_select(name, files), tuple(columns), where)
        except engine.FilesGone as error:
            raise StoreDamaged(f"A file of the data in {self.root} is missing or damaged. {AGAIN}") from error

    def _check_shape(self, table: str) -> None:
        now = shape(table)
        for one in self.manifest.datasets:
            if any(held.table == table and held.shape != now for part in one.parts for held in part.tables):
                raise StoreDamaged(f"'{one.dataset}' was stored by an older version of Commonweal. {AGAIN}")

    def arrow(self, expr: Any) -> pa.Table:
        """The answer to an expression; raises StoreDamaged where a file under it is gone."""
        from commonweal.lake import engine  # here: reading files alone need not wait for the engine

        try:
            return engine.run(expr)
        except engine.FilesGone as error:
            raise StoreDamaged(f"A file of the data in {self.root} is missing or damaged. {AGAIN}") from error

    def rejected(self, dataset: str) -> tuple[RejectedRow, ...]:
        """The rows kept out of a data set: sheet, row, column and why."""
        one = self.manifest.get(dataset)
        parts = one.parts if one else ()
        return tuple(row for part in parts for row in read_rejected(self._folder(dataset, part.version)))

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
            drafts = tuple(write_draft(draft_folder(self.root), dataset, part) for part in parts)
            self._adopt((Change(dataset, provenance, drafts, keep_others),))
        held = self.dataset(dataset)
        assert held is not None
        return held

    def adopt(self, changes: Sequence[Change]) -> None:
        """Take drafts into the lake, all the data sets in one step or none; raises StoreBusy."""
        with ExitStack() as writers:
            for dataset in sorted(change.dataset for change in changes):
                writers.enter_context(self.writer(dataset))
            self._adopt(changes)

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
                what = "Data are" if dataset.startswith(".") else f"'{dataset}' is"
                raise StoreBusy(
                    f"{what} being written by somebody else just now. Wait for them, then try again."
                ) from error
            yield

    @contextmanager
    def _manifest_turn(self) -> Iterator[None]:
        with (self.root / "locks" / ".manifest").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _folder(self, dataset: str, version: str) -> Path:
        return self.root / "data" / dataset / version

    def _adopt(self, changes: Sequence[Change]) -> None:
        """Move drafts into place, swap the manifest once, then clear away what no version needs."""
        for change in changes:
            self._sweep(change.dataset)
            for draft in change.drafts:
                self._move(Path(draft.folder), self._folder(change.dataset, draft.part.version))
        with self._manifest_turn():
            before = manifest = load(self.root)
            for change in changes:
                manifest = self._changed(manifest, change)
            if manifest != before:
                swap(self.root, manifest)
        for change in changes:
            self._sweep(change.dataset)

    def _move(self, draft: Path, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            shutil.rmtree(draft)
        else:
            os.replace(draft, place)
        sync_folder(place.parent)

    def _changed(self, manifest: Manifest, change: Change) -> Manifest:
        old = manifest.get(change.dataset)
        before = {part.part: part for part in old.parts} if old and change.keep_others else {}
        parts = {**before, **{draft.part.part: draft.part for draft in change.drafts}}
        ordered = tuple(parts[name] for name in sorted(parts))
        new = StoredDataset(
            change.dataset, fingerprint(part.version for part in ordered), change.provenance,
            self._now().isoformat(timespec="seconds"), ordered, _replaced(old, ordered, change.passed_over),
        )
        if old is not None and replace(old, read_at=new.read_at) == new:
            return manifest
        return manifest.with_dataset(new, keep=KEEP)

    def _sweep(self, dataset: str) -> None:
        """Delete version folders no version needs, and what a writer that died left half written."""
        base = self.root / "data" / dataset
        needed = load(self.root).folders(dataset)
        for folder in base.iterdir() if base.exists() else ():
            if folder.name not in needed:
                shutil.rmtree(folder, ignore_errors=True)


def _replaced(
    old: StoredDataset | None, parts: tuple[StoredPart, ...], passed_over: tuple[SourceFile, ...]
) -> tuple[SourceFile, ...]:
    """Files once read and since replaced, so that meeting one again does not bring it back."""
    now = {source.sha256 for part in parts for source in part.sources}
    before = (*old.replaced, *old.sources) if old else ()
    every = {source.sha256: source for source in (*before, *passed_over)}
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
