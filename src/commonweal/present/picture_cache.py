"""Pictures already drawn, kept by the hash of what they were drawn from: memory first, then disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from commonweal.lake import roots
from commonweal.lake.whole_file import write_whole

DRAWING = "2"  # raise when drawing changes, so that old pictures are not shown


def key_of(*parts: object) -> str:
    """The name of a picture: a hash of everything it depends on (values whose repr is whole)."""
    return hashlib.sha256(repr((DRAWING, *parts)).encode()).hexdigest()[:20]


def kept(key: str, draw: Callable[[], str]) -> str:
    """The picture under this key, drawn now if it never was."""
    return _remembered(key) or _remember(key, draw())


_MEMORY: dict[str, str] = {}


def folder() -> Path:
    """Where pictures lie."""
    return roots.var() / "cache" / "charts"


def _remembered(key: str) -> str:
    if key in _MEMORY:
        return _MEMORY[key]
    try:
        path = folder() / f"{key}.svg"
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    with suppress(OSError):
        os.utime(path)  # asked for: it stays
    return _hold(key, text) if text.startswith("<svg") else ""


def _hold(key: str, text: str) -> str:
    while len(_MEMORY) >= 256:
        _MEMORY.pop(next(iter(_MEMORY)), None)
    _MEMORY[key] = text
    return text


def _remember(key: str, text: str) -> str:
    """Nobody reads half a picture; a full disk loses only speed."""
    with suppress(OSError):
        write_whole(folder() / f"{key}.svg", text, lasting=False)
    return _hold(key, text)
