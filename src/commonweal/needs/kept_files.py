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
from commonweal.present import picture_cache

UNASKED = timedelta(days=7)
MOST_BYTES = 2_000_000_000  # of kept files on disk


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
    """Delete kept assessments, documents, pictures and indexes that nobody has asked for in a week; how many went.

    Where what is left weighs more than `MOST_BYTES`, those longest unasked go too.
    """
    due = (clock.now() - UNASKED).timestamp()
    left = MOST_BYTES
    gone = 0
    for asked, size, path in sorted(_weighed(), reverse=True):
        left -= size
        if asked < due or left < 0:
            with suppress(OSError):
                path.unlink()
                gone += 1
    return gone


def _weighed() -> Iterable[tuple[float, int, Path]]:
    """When each kept file was last asked for, and its bytes; one that went meanwhile is passed over."""
    for path in _kept():
        with suppress(OSError):
            found = path.stat()
            yield found.st_mtime, found.st_size, path


def _kept() -> Iterable[Path]:
    yield from kept.folder().glob("*")
    yield from folder().glob("*")
    yield from picture_cache.folder().glob("*.svg")
    for store in (stores().published, stores().example):
        yield from (store.root / "derived").glob("need-index-*")


def _write(path: Path, body: bytes) -> None:
    """A folder that cannot be written to is no reason to fail a page."""
    with suppress(OSError):
        write_whole(path, body, lasting=False)
