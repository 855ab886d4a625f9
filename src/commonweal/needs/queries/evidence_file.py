"""What is read once for each version of a store, kept beside it, so that a new process need not read it again."""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from commonweal.lake.whole_file import whole_file

T = TypeVar("T")
NEEDS = Path(__file__).resolve().parents[1]
KEPT = 2


@cache
def program() -> str:
    """A fingerprint of the stage's own code, cards and words: evidence read by another program is not used."""
    found = hashlib.sha256()
    for path in sorted(path for path in NEEDS.rglob("*") if path.suffix in {".py", ".yaml"}):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def kept(root: Path, version: str, make: Callable[[], T]) -> T:
    """What `make` gave for this store version, from the store's `derived` folder or made now and put there.

    The file is trusted only where it is our own and nobody else may write to it.
    """
    path = root / "derived" / f"evidence-{version}-{program()}.pickle"
    found = _read(path)
    if found is None:
        found = make()
        _write(path, found)
    result: T = found  # type: ignore[assignment]
    return result


def _read(path: Path) -> object | None:
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            if about.st_uid != os.geteuid() or about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                return None
            made: object = pickle.load(file)  # noqa: S301 - our own file, checked above
            return made
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError):
        return None


def _write(path: Path, made: object) -> None:
    """A folder that cannot be written to is no reason to fail."""
    try:
        with whole_file(path, lasting=False) as file:
            pickle.dump(made, file, protocol=pickle.HIGHEST_PROTOCOL)
        for old in sorted(path.parent.glob("evidence-*.pickle"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return
