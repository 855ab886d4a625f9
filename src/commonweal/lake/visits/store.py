"""One system's visits on disk: months under a manifest, added whole or not at all, one writer at a time."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from commonweal.lake.manifest import sync_folder
from commonweal.lake.store import StoreBusy, StoreDamaged
from commonweal.lake.visits.layout import quoted
from commonweal.lake.visits.report import IntakeReport

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
MANIFEST = "visits.json"
WORDS = ("site", "area", "grp", "activity")


@dataclass(frozen=True, slots=True)
class Month:
    """A month as it stands: the folder its files are in, and the fingerprints of the exports it came from."""

    month: int
    folder: str
    sources: tuple[str, ...]
    visits: int


@dataclass(frozen=True, slots=True)
class VisitManifest:
    """All of one system at one moment; `before` are folders a reader may still hold."""

    months: tuple[Month, ...] = ()
    members: tuple[str, ...] = ()
    words: str = ""
    reports: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def folders(self) -> frozenset[str]:
        """Folders that must stay."""
        months = (one.folder for one in self.months)
        return frozenset((*months, *self.members, self.words, *self.reports, *self.before))


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What the whole numbers on the rows stand for; numbers are never given twice."""

    site: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    grp: tuple[str, ...] = ()
    activity: tuple[str, ...] = ()


class VisitStore:
    """The visits of one system (a leisure system, a library system) of one data controller."""

    def __init__(self, root: Path, controller: str, system: str) -> None:
        for name in (controller, system):
            if not _NAME.fullmatch(name):
                raise ValueError("Name the controller and its system in small letters, digits and hyphens.")
        self.controller, self.system = controller, system
        self.root = root / "visits" / controller / system

    @property
    def manifest(self) -> VisitManifest:
        """What is stored now."""
        try:
            data = json.loads((self.root / MANIFEST).read_text("utf-8"))
        except FileNotFoundError:
            return VisitManifest()
        except ValueError as error:
            where = self.root / MANIFEST
            raise StoreDamaged(f"{where} cannot be understood. Bring the exports in again.") from error
        months = tuple(Month(**{**one, "sources": tuple(one["sources"])}) for one in data.pop("months"))
        return VisitManifest(
            months, tuple(data["members"]), data["words"], tuple(data["reports"]), tuple(data["before"])
        )

    def files(self, name: str, months: tuple[int, ...] = ()) -> tuple[Path, ...]:
        """The files of a kind (visits, rollup, people, flows) of some months or of all."""
        return tuple(
            self.root / "data" / one.folder / f"{one.month}" / f"{name}.parquet"
            for one in self.manifest.months if not months or one.month in months
        )

    def table(self, name: str, months: tuple[int, ...] = ()) -> Any:
        """An Ibis table of a kind over some months or all; raises ValueError where there are none."""
        from commonweal.lake import engine
        from commonweal.lake.manifest import fingerprint

        files = self.files(name, months)
        if not files:
            raise ValueError("No visits of these months are stored. Bring an export in first.")
        select = f"SELECT * FROM read_parquet({quoted(*files)})"  # noqa: S608 - our own paths
        return engine.view(f"{name}_{fingerprint(map(str, files))}", select)

    def dictionary(self) -> Dictionary:
        """What the numbers on the rows stand for."""
        where = self.manifest.words
        if not where:
            return Dictionary()
        data = json.loads((self.root / "data" / where / "words.json").read_text("utf-8"))
        return Dictionary(**{name: tuple(data[name]) for name in WORDS})

    def member_files(self) -> tuple[Path, ...]:
        """The files of pseudonyms, each with the members first met in one import."""
        return tuple(self.root / "data" / one / "members.parquet" for one in self.manifest.members)

    def reports(self) -> tuple[IntakeReport, ...]:
        """The report of every export that was let in, oldest first."""
        paths = (self.root / "data" / one / "report.json" for one in self.manifest.reports)
        return tuple(IntakeReport.from_data(json.loads(path.read_text("utf-8"))) for path in paths)

    @contextmanager
    def writer(self) -> Iterator[Path]:
        """Be the one writer, with a folder to draft in; what a writer that died left is cleared away first."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.root / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StoreBusy(
                    "Visits of this system are being brought in by somebody else just now. Wait, then try again."
                ) from error
            shutil.rmtree(self.root / "drafts", ignore_errors=True)
            self._sweep()
            (self.root / "drafts").mkdir()
            draft = Path(tempfile.mkdtemp(dir=self.root / "drafts"))
            try:
                yield draft
            finally:
                shutil.rmtree(self.root / "drafts", ignore_errors=True)

    def adopt(self, draft: Path, version: str, new: VisitManifest) -> None:
        """Move a draft into place and swap the manifest, so that a crash leaves the one state or the other."""
        place = self.root / "data" / version
        place.parent.mkdir(exist_ok=True)
        for path in draft.rglob("*"):
            if path.is_file():
                with path.open("rb") as file:
                    os.fsync(file.fileno())
        os.replace(draft, place)
        sync_folder(place.parent)
        old = self.manifest
        gone = old.folders - frozenset(old.before) - replace(new, before=()).folders
        fresh = self.root / f".{MANIFEST}.{os.getpid()}"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(asdict(replace(new, before=tuple(sorted(gone)))), file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self.root / MANIFEST)
        sync_folder(self.root)
        self._sweep()

    def _sweep(self) -> None:
        needed, base = self.manifest.folders, self.root / "data"
        for folder in base.iterdir() if base.exists() else ():
            if folder.name not in needed:
                shutil.rmtree(folder, ignore_errors=True)
