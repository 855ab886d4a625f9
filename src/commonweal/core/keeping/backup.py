"""One sealed file with every row and every file of an installation, taken while people work."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from commonweal.core import clock
from commonweal.core.keeping.rows import fields_of, kept_models, lines
from commonweal.core.keeping.sealing import Sealed

FORMAT = 1
COPY = "backup_copy"
LAST = "last-backup.json"
# What can be made or fetched again, what is of the moment, the one key that a backup must never hold, and scales
# whose licence lets nobody pass them on.
NOT_KEPT = ("commonweal.sqlite3", "cache", "lake/published", "keys/bids.key", "restoring", "backing",
            "instruments", "answers", "exports", "read-only.txt", "example-being-made.json")
Say = Callable[[str], None]


def take_backup(folder: Path, key: str, *, published: bool = False, say: Say = lambda _: None) -> Path:
    """Write the backup into a folder, whole or not at all; where it is.

    Rows are of one moment: SQLite is copied by its own means first, PostgreSQL is read in one repeatable-read
    transaction. Files are copied after them, so that no row speaks of a file that is not there.
    """
    for needed in (folder, Path(settings.VAR)):
        needed.mkdir(parents=True, exist_ok=True, mode=0o700)
    whole = folder / f"commonweal-{clock.now():%Y%m%d-%H%M%S}.backup"
    draft = whole.with_suffix(".arriving")
    try:
        with draft.open("wb") as file:
            draft.chmod(0o600)
            sealed = Sealed(file, key)
            with tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
                _fill(tar, published=published, say=say)
            sealed.finish()
            file.flush()
        draft.replace(whole)
        noted = {"made": clock.now().isoformat(), "file": str(whole)}
        (Path(settings.VAR) / LAST).write_text(json.dumps(noted), encoding="utf-8")
    finally:
        draft.unlink(missing_ok=True)
    return whole


def _fill(tar: tarfile.TarFile, *, published: bool, say: Say) -> None:
    """Rows, files, and at the end the list that says what there must be."""
    listed: dict[str, Any] = {"rows": {}, "files": {}}
    with tempfile.TemporaryDirectory(prefix="backing-", dir=settings.VAR) as scratch:
        with _of_one_moment(Path(scratch)) as using:
            listed["migrations"] = sorted(f"{app}.{name}" for app, name in _migrations(using))
            for model in kept_models():
                listed["rows"][model._meta.label_lower] = _rows(tar, model, using, Path(scratch))
        say(f"{sum(one['count'] for one in listed['rows'].values()):,} rows")
    for path in files_kept(published=published):
        if told := _file(tar, path):
            listed["files"][path] = told
    say(f"{len(listed['files']):,} files")
    listed |= {
        "format": FORMAT, "made": clock.now().isoformat(), "database": connections["default"].vendor,
        "secret": secret_mark(), "published": published,
    }
    _add(tar, "manifest.json", json.dumps(listed, indent=1).encode())


@contextmanager
def _of_one_moment(scratch: Path) -> Iterator[str]:
    """The name of a connection that sees the database as it is now, and keeps nobody waiting."""
    live = connections["default"]
    if live.in_atomic_block:  # of one moment already
        yield "default"
        return
    if live.vendor == "sqlite":
        copy = scratch / "copy.sqlite3"
        live.ensure_connection()
        with closing(sqlite3.connect(copy)) as target:
            live.connection.backup(target)
        connections.databases[COPY] = {**live.settings_dict, "NAME": str(copy), "OPTIONS": {}}
        try:
            yield COPY
        finally:
            connections[COPY].close()
            del connections[COPY], connections.databases[COPY]
        return
    with transaction.atomic():
        with live.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield "default"


def _migrations(using: str) -> set[tuple[str, str]]:
    return set(MigrationRecorder(connections[using]).applied_migrations())


def _rows(tar: tarfile.TarFile, model: type[Any], using: str, scratch: Path) -> dict[str, Any]:
    """One table, by way of a file: a tape wants to know the length first."""
    path, digest, count = scratch / "rows.jsonl", hashlib.sha256(), 0
    with path.open("wb") as file:
        for line in lines(model, using):
            digest.update(line)
            file.write(line)
            count += 1
    with path.open("rb") as file:
        _add_file(tar, f"rows/{model._meta.label_lower}.jsonl", file, path.stat().st_size)
    columns = [field.attname for field in fields_of(model)]
    return {"count": count, "sha256": digest.hexdigest(), "columns": columns}


def files_kept(*, published: bool = False) -> list[str]:
    """Every file of the data folder that a backup holds, as names under it."""
    var = Path(settings.VAR)
    left_out = [one for one in NOT_KEPT if not (published and one == "lake/published")]
    bid_key = Path(settings.BID_KEY or var / "keys" / "bids.key").resolve()  # wherever it lies
    names = (path.relative_to(var).as_posix() for path in sorted(var.rglob("*")) if path.is_file())
    return [name for name in names if not _under(name, left_out) and (var / name).resolve() != bid_key]


def _under(name: str, left_out: list[str]) -> bool:
    return any(name == one or name.startswith((f"{one}/", f"{one}-")) for one in left_out)


def _file(tar: tarfile.TarFile, name: str) -> dict[str, Any] | None:
    """One file as long as it was when it was opened; None where it has gone since the folder was read."""
    try:
        file = (Path(settings.VAR) / name).open("rb")
    except FileNotFoundError:
        return None
    with file:
        size, told = os.fstat(file.fileno()).st_size, _Told(file)
        _add_file(tar, f"files/{name}", told, size)
    return {"size": size, "sha256": told.digest.hexdigest()}


class _Told:
    """A file that is read once, and of which the digest is known then."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        """The next bytes."""
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def _add(tar: tarfile.TarFile, name: str, body: bytes) -> None:
    _add_file(tar, name, io.BytesIO(body), len(body))


def _add_file(tar: tarfile.TarFile, name: str, file: Any, size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(clock.now().timestamp())
    tar.addfile(entry, file)


def secret_mark() -> str:
    """Tells whether two installations share the secret that signs links, without telling the secret."""
    return hashlib.sha256(b"commonweal secret " + settings.SECRET_KEY.encode()).hexdigest()[:16]
