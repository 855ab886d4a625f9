"""Files made once and kept: asked for again they are there, and unasked for a week they go."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

from commonweal import __version__
from commonweal.core import clock
from commonweal.core.stores import stores
from commonweal.lake.roots import var
from commonweal.lake.whole_file import write_whole
from commonweal.needs.assessment import Assessment
from commonweal.needs.queries import kept
from commonweal.needs.replay import assessment_json

UNASKED = timedelta(days=7)


def folder() -> Path:
    """Where documents lie."""
    return var() / "cache" / "documents"


def kept_document(made: Assessment, ending: str, make: Callable[[], bytes | None]) -> bytes | None:
    """A document of an assessment, from disk where the very same was made before; for what is public alone."""
    said = f"{ending} {makers_version()} {assessment_json(made)}"
    path = folder() / f"{hashlib.sha256(said.encode()).hexdigest()[:32]}.{ending}"
    with suppress(OSError):
        whole = path.read_bytes()
        os.utime(path)
        return whole
    body = make()
    if body is not None:
        _write(path, body)
    return body


@cache
def makers_version() -> str:
    """Changes with the code and the words that documents are made by."""
    found = hashlib.sha256(f"{__version__} {kept.words_version()}".encode())
    for package in ("commonweal.needs", "commonweal.present"):
        for path in sorted(Path(str(files(package))).rglob("*.py")):
            found.update(f"{path.name} {path.stat().st_mtime_ns}".encode())
    return found.hexdigest()[:12]


def clear_unasked() -> int:
    """Delete kept assessments, documents and indexes that nobody has asked for in a week; how many went."""
    due, gone = (clock.now() - UNASKED).timestamp(), 0
    for path in _kept():
        with suppress(OSError):
            if path.stat().st_mtime < due:
                path.unlink()
                gone += 1
    return gone


def _kept() -> Iterable[Path]:
    yield from kept.folder().glob("*")
    yield from folder().glob("*")
    for store in (stores().published, stores().example):
        yield from (store.root / "derived").glob("need-index-*")


def _write(path: Path, body: bytes) -> None:
    """A folder that cannot be written to is no reason to fail a page."""
    with suppress(OSError):
        write_whole(path, body, lasting=False)
