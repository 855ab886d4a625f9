"""The manifest: the one small file that says which Parquet files are the lake, swapped whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from commonweal.lake.schema import TABLES

FORMAT = 1
NAME = "manifest.json"
GRACE = timedelta(minutes=10)  # how long a reader that has begun may take, however often its data are replaced


class ManifestBroken(ValueError):
    """The manifest cannot be understood; the text says where it is and what to do."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Whose data it is, in the words a citation needs."""

    title: str
    publisher: str
    licence: str
    attribution: str = ""
    address: str = ""
    vintage: str = ""
    published: str = ""
    checked: str = "unchecked"
    invented: bool = False


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that rows came from: as the person knows it, and the fingerprint of its bytes."""

    path: str
    sha256: str
    size: int = 0
    inside: str = ""


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One Parquet file: rows, rows kept out, and the shape it was written in."""

    table: str
    rows: int
    sha256: str
    shape: str


@dataclass(frozen=True, slots=True)
class StoredPart:
    """What one source gave: most data sets have one part, some (a file an area) many."""

    part: str
    version: str
    reader_version: int
    sources: tuple[SourceFile, ...]
    tables: tuple[StoredTable, ...]
    rejected: int = 0
    edition: str = ""

    @property
    def rows(self) -> int:
        """Rows in all its tables."""
        return sum(table.rows for table in self.tables)


@dataclass(frozen=True, slots=True)
class StoredDataset:
    """A data set as it stands: its version, whose it is, when it was read and what it holds."""

    dataset: str
    version: str
    provenance: Provenance
    read_at: str
    parts: tuple[StoredPart, ...]
    replaced: tuple[SourceFile, ...] = ()

    @property
    def tables(self) -> dict[str, int]:
        """Rows by table."""
        rows: dict[str, int] = {}
        for part in self.parts:
            for table in part.tables:
                rows[table.table] = rows.get(table.table, 0) + table.rows
        return rows

    @property
    def rejected(self) -> int:
        """Rows kept out."""
        return sum(part.rejected for part in self.parts)

    @property
    def sources(self) -> tuple[SourceFile, ...]:
        """Every file it was read from."""
        return tuple(source for part in self.parts for source in part.sources)

    @property
    def edition(self) -> str:
        """The latest date its rows speak of, as YYYY-MM-DD; empty where they speak of none."""
        return max((part.edition for part in self.parts), default="")


@dataclass(frozen=True, slots=True)
class Past:
    """A version that has been replaced, when, and the folders its files are still in."""

    dataset: str
    version: str
    read_at: str
    folders: tuple[str, ...]
    replaced_at: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole lake at one moment."""

    datasets: tuple[StoredDataset, ...] = ()
    history: tuple[Past, ...] = ()

    @property
    def version(self) -> str:
        """A short fingerprint of what is stored; empty when nothing is."""
        if not self.datasets:
            return ""
        return fingerprint(f"{one.dataset}={one.version}" for one in self.datasets)

    def get(self, dataset: str) -> StoredDataset | None:
        """One data set, or nothing."""
        return next((one for one in self.datasets if one.dataset == dataset), None)

    def with_dataset(self, new: StoredDataset, *, keep: int) -> Self:
        """The manifest after `new` takes its place; the last `keep` versions, and any a reader may hold, stay."""
        old = self.get(new.dataset)
        others = [one for one in self.datasets if one.dataset != new.dataset]
        return replace(
            self,
            datasets=tuple(sorted([*others, new], key=lambda one: one.dataset)),
            history=self._history(old, new, keep),
        )

    def without(self, dataset: str) -> Self:
        """The manifest with a data set and its history forgotten."""
        return replace(
            self,
            datasets=tuple(one for one in self.datasets if one.dataset != dataset),
            history=tuple(past for past in self.history if past.dataset != dataset),
        )

    def _history(self, old: StoredDataset | None, new: StoredDataset, keep: int) -> tuple[Past, ...]:
        others = tuple(past for past in self.history if past.dataset != new.dataset)
        mine = [past for past in self.history if past.dataset == new.dataset and past.version != new.version]
        if old is not None and old.version != new.version:
            folders = tuple(part.version for part in old.parts)
            mine.append(Past(old.dataset, old.version, old.read_at, folders, new.read_at))
        recent = (datetime.fromisoformat(new.read_at) - GRACE).isoformat(timespec="seconds")
        return others + tuple(past for past in mine if past in mine[-keep:] or past.replaced_at > recent)

    def folders(self, dataset: str) -> frozenset[str]:
        """The version folders of a data set that must stay on disk."""
        now = self.get(dataset)
        current = {part.version for part in now.parts} if now else set()
        past = {folder for past in self.history if past.dataset == dataset for folder in past.folders}
        return frozenset(current | past)

    def as_text(self) -> str:
        """JSON, one way only: the same manifest is always the same bytes."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1, sort_keys=True)


def fingerprint(parts: Iterable[str]) -> str:
    """Twelve hexadecimal digits that change whenever any part does."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@lru_cache
def shape(table: str) -> str:
    """A fingerprint of a lake table's columns, so that files in an older shape are noticed."""
    return fingerprint(f"{name}:{kind}" for name, kind in TABLES[table].columns.items())


def load(root: Path) -> Manifest:
    """Read the manifest; an absent one is an empty lake."""
    path = root / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Manifest()
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ManifestBroken(_broken(path)) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ManifestBroken(_broken(path))
    try:
        return Manifest(
            tuple(_dataset(one) for one in data["datasets"]),
            tuple(Past(**{**one, "folders": tuple(one["folders"])}) for one in data["history"]),
        )
    except (KeyError, TypeError) as error:
        raise ManifestBroken(_broken(path)) from error


def _broken(path: Path) -> str:
    return (
        f"{path} cannot be understood, so the stored data cannot be opened. Move the folder {path.parent} away "
        "and run 'commonweal pull' again; nothing else is kept there."
    )


def _dataset(data: dict[str, Any]) -> StoredDataset:
    return StoredDataset(
        **{
            **data,
            "provenance": Provenance(**data["provenance"]),
            "parts": tuple(_part(part) for part in data["parts"]),
            "replaced": tuple(SourceFile(**one) for one in data["replaced"]),
        }
    )


def _part(data: dict[str, Any]) -> StoredPart:
    return StoredPart(
        **{
            **data,
            "sources": tuple(SourceFile(**one) for one in data["sources"]),
            "tables": tuple(StoredTable(**one) for one in data["tables"]),
        }
    )


def swap(root: Path, manifest: Manifest) -> None:
    """Put a manifest in place of the one before, so that a power cut leaves the one or the other."""
    fresh = root / f".{NAME}.{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(manifest.as_text())
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, root / NAME)
    sync_folder(root)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
