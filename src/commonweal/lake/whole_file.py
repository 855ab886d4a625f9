"""Files that are there whole or not at all, whoever is killed and whatever is full meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

PRIVATE, SHARED = 0o600, 0o666  # for this account alone, or as the account's own rule has it


@contextmanager
def whole_file(path: Path, *, lasting: bool = True, mode: int = PRIVATE) -> Iterator[IO[bytes]]:
    """Write beside the file's place and move there at the end; what was there stays until then.

    `lasting` also waits until the disk has it, which what can be worked out again does not need. Raises OSError,
    and leaves nothing beside, where it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{uuid4().hex}.draft")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            yield file
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes | str, *, lasting: bool = True, mode: int = PRIVATE) -> Path:
    """The same for what is already in memory; text is written as UTF-8."""
    with whole_file(path, lasting=lasting, mode=mode) as file:
        file.write(content.encode() if isinstance(content, str) else content)
    return path
