"""Bring a backup back into an empty installation, on either database: proven first, then all of it or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from commonweal.core.actions.people import replay_tombstones
from commonweal.core.errors import Refused
from commonweal.core.forgotten_list import take_up_forgotten
from commonweal.core.keeping.backup import FORMAT, secret_mark
from commonweal.core.keeping.rows import count_on, empty, fields_of, kept_models, load
from commonweal.core.keeping.sealing import unsealed
from commonweal.core.models import Event, Person

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    made: str
    rows: int
    files: int
    forgotten_again: int
    other_secret: bool  # links sent before, second factors and sessions need the old secret key


class _Tape(RawIOBase):
    """The pieces of an unsealed backup as a stream that tarfile reads."""

    def __init__(self, pieces: Any) -> None:
        self._pieces, self._held = pieces, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; all there is where it is negative."""
        held = [self._held]
        have = len(self._held)
        while size < 0 or have < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            held.append(piece)
            have += len(piece)
        whole = b"".join(held)
        size = len(whole) if size < 0 else size
        self._held = whole[size:]
        return whole[:size]


def restore_backup(
    path: Path, key: str, *, forgotten: Path | None = None, say: Say = lambda _: None
) -> Restored:
    """Everything in a backup, into an installation that holds nothing yet.

    The file is unsealed into a folder of its own and compared with its list before anything is touched; rows go in
    in one transaction. Killed at any point, the command can be given again. `forgotten` is the list of who was
    forgotten after the backup was taken, from the installation that was lost.
    """
    var = Path(settings.VAR)
    var.mkdir(parents=True, exist_ok=True, mode=0o700)
    _require_empty()
    with tempfile.TemporaryDirectory(prefix="restoring-", dir=var) as scratch:
        folder = Path(scratch)
        _take_out(path, key, folder)
        listed = _proven(folder, path.name)
        say(f"The backup of {listed['made'][:16].replace('T', ' ')} is whole.")
        call_command("migrate", verbosity=0, interactive=False)
        _require_same_version(listed)
        files = _put_files(folder / "files", var, listed)
        say(f"{files:,} files are in place.")
        rows = _put_rows(folder / "rows", listed)
        say(f"{rows:,} rows are in place.")
    if forgotten:
        take_up_forgotten(forgotten)
    again = replay_tombstones()
    return Restored(listed["made"], rows, files, again, listed["secret"] != secret_mark())


def _require_empty() -> None:
    connection = connections["default"]
    if Person._meta.db_table not in connection.introspection.table_names():
        return
    if Person.objects.exists() or Event.objects.exists():
        raise Refused(
            "This installation already holds people and records, and a backup goes into an empty one only. Point "
            "COMMONWEAL_VAR (and COMMONWEAL_DATABASE_URL) at a new place, and restore there."
        )


def _take_out(path: Path, key: str, folder: Path) -> None:
    """The contents, as plain files under a private folder; nothing may climb out of it."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise Refused(f"There is no backup to read at {path}.") from error
    with file:
        tape = _Tape(unsealed(file, key, path.name))
        try:
            with tarfile.open(fileobj=tape, mode="r|") as tar:
                for entry in tar:
                    _take_one(tar, entry, folder)
        except tarfile.TarError as error:
            raise Refused(f"{path.name} opens, and what is in it is no backup. Nothing was changed.") from error
        while tape.read(1024 * 1024):  # to the end, which says that it is the end
            pass


def _take_one(tar: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> None:
    """One plain file of the backup; a name that leads elsewhere, a link or a device is refused."""
    target, inside = (folder / entry.name).resolve(), folder.resolve()
    body = tar.extractfile(entry) if entry.isreg() and target.is_relative_to(inside) else None
    if body is None:
        raise tarfile.TarError(entry.name)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with target.open("wb") as file:
        shutil.copyfileobj(body, file)


def _proven(folder: Path, name: str) -> dict[str, Any]:
    """The list of contents, once every entry has been found to be what it says."""
    listed: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    if listed.get("format") != FORMAT:
        raise Refused(f"{name} was made by another version of Commonweal, whose form this one does not know.")
    for label, told in listed["rows"].items():
        _same(folder / "rows" / f"{label}.jsonl", told["sha256"], name)
    for file, told in listed["files"].items():
        _same(folder / "files" / file, told["sha256"], name)
    return listed


def _same(path: Path, digest: str, name: str) -> None:
    if not path.exists() or _digest(path) != digest:
        raise Refused(f"{name} does not hold what it says it holds ({path.name}). Nothing was changed.")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _require_same_version(listed: dict[str, Any]) -> None:
    here = {f"{app}.{name}" for app, name in MigrationRecorder(connections["default"]).applied_migrations()}
    columns = {one._meta.label_lower: [field.attname for field in fields_of(one)] for one in kept_models()}
    there = {label: told["columns"] for label, told in listed["rows"].items()}
    if columns != there:
        newer = sorted(set(listed["migrations"]) - here)
        raise Refused(
            "The backup was made by a newer version of Commonweal. Install that version, and restore with it."
            if newer else
            "The backup was made by an earlier version of Commonweal. Restore it with that version, then install "
            "this one and run 'commonweal manage migrate'."
        )


def _put_files(source: Path, var: Path, listed: dict[str, Any]) -> int:
    for name in listed["files"]:
        target = var / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(source / name, target)
        target.chmod(0o600)
    return len(listed["files"])


def _put_rows(source: Path, listed: dict[str, Any]) -> int:
    """Every row, in one transaction; a reference that leads nowhere stops it."""
    total = 0
    with transaction.atomic():
        empty("default")
        for model in kept_models():
            label = model._meta.label_lower
            with (source / f"{label}.jsonl").open("rb") as lines:
                count = load(model, lines, "default")
            told = listed["rows"][label]["count"]
            if count != told:
                raise Refused(f"{count} rows of {label} came back and there should be {told}. Nothing was kept.")
            total += count
        try:
            connections["default"].check_constraints()
        except IntegrityError as error:
            raise Refused(f"Some rows speak of others that are not there ({error}). Nothing was kept.") from error
        count_on("default")
    ContentType.objects.clear_cache()
    return total
