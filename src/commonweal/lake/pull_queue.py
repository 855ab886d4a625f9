"""Files waiting to be read, the largest first, no more at once than memory allows."""

from __future__ import annotations

import struct
import threading
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024
BASE = 90 * MIB          # what a worker needs before it reads anything
BUDGET = 1600 * MIB      # what the workers may need together
GZIP, ZIP, PARQUET = b"\x1f\x8b", b"PK", b"PA"
TIMES = {"json": 16, "table": 40, "parquet": 50}  # memory for each byte, as measured; a wide table grows most


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file to read: where it is, how a person knows it, its fingerprint and the memory it may need."""

    path: Path
    shown: str
    sha256: str
    size: int
    memory: int


def memory_needed(path: Path, size: int) -> int:
    """Bytes a worker may need to read a file, guessed from its first bytes and unpacked size; at most BUDGET."""
    with path.open("rb") as file:
        head = file.read(64)
        unpacked = size
        if head.startswith(GZIP) and size > 18:
            file.seek(-4, 2)
            unpacked = max(size, struct.unpack("<I", file.read(4))[0])
    if head.startswith(ZIP):
        unpacked = _zipped(path, size)
    kind = "parquet" if head.startswith(PARQUET) else "json" if _may_be_json(path, head) else "table"
    return min(BUDGET, BASE + TIMES[kind] * unpacked)


def _may_be_json(path: Path, head: bytes) -> bool:
    named = any(part in path.name.lower() for part in (".json", ".geojson"))
    return named or head.lstrip()[:1] in (b"{", b"[")


def _zipped(path: Path, size: int) -> int:
    with suppress(zipfile.BadZipFile, OSError), zipfile.ZipFile(path) as archive:
        return sum(member.file_size for member in archive.infolist())
    return size


class Queue:
    """Gives a worker the largest file that still fits beside what the others are reading."""

    def __init__(self, files: Iterable[Waiting], *, budget: int = BUDGET) -> None:
        self._files = sorted(files, key=lambda one: (-one.memory, one.shown))
        self._budget = budget
        self._used = 0
        self._turn = threading.Condition()

    def take(self) -> Waiting | None:
        """The next file, after waiting for room; None when there are no more."""
        with self._turn:
            while self._files:
                for at, one in enumerate(self._files):
                    if self._used == 0 or self._used + one.memory <= self._budget:
                        self._used += one.memory
                        return self._files.pop(at)
                self._turn.wait()
            return None

    def done(self, one: Waiting) -> None:
        """Give back the room a file took."""
        with self._turn:
            self._used -= one.memory
            self._turn.notify_all()

    def stop(self) -> None:
        """Give out no more files."""
        with self._turn:
            self._files.clear()
            self._turn.notify_all()
