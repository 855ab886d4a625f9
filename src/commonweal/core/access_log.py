"""An append-only file of who read what: kept out of the database, written in groups, lost by nobody's rollback."""

from __future__ import annotations

import atexit
import json
import logging
import os
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from queue import Empty, SimpleQueue
from uuid import UUID

from django.conf import settings

from commonweal.core import clock

GROUP_SECONDS = 0.2
RETRY_SECONDS = 5.0

logger = logging.getLogger("commonweal.access")


@dataclass(frozen=True, slots=True)
class Access:
    """One reading: ids, never names or what was typed."""

    person: UUID | None
    method: str
    route: str
    status: int
    subject: dict[str, str] = field(default_factory=dict)


class AccessFile:
    """Lines gathered for a moment, then written with one append and one sync."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._waiting: SimpleQueue[str] = SimpleQueue()
        self._late: list[str] = []  # taken and not yet on disk
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def write(self, access: Access) -> None:
        """Queue one line; it is on disk within a moment."""
        line = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "person": str(access.person) if access.person else None,
            "method": access.method, "route": access.route, "subject": access.subject,
            "status": access.status,
        }
        self._waiting.put(json.dumps(line, separators=(",", ":")))
        self._start()
        self._wake.set()

    def flush(self) -> None:
        """Write whatever waits, now."""
        with self._lock:
            self._late += self._take()
            if self._late:
                self.append(self._late)
                self._late = []

    def _take(self) -> list[str]:
        lines: list[str] = []
        while True:
            try:
                lines.append(self._waiting.get_nowait())
            except Empty:
                return lines

    def append(self, lines: list[str]) -> None:
        """One append and one sync: on disk when it returns."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / f"access-{clock.today():%Y-%m}.jsonl"
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, ("\n".join(lines) + "\n").encode())
            os.fsync(handle)
        finally:
            os.close(handle)

    def _start(self) -> None:
        """One writing thread a process, started after any fork, at the first line."""
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._loop, name="access-log", daemon=True)
                    self._thread.start()
                    atexit.register(self.flush)

    def _loop(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            threading.Event().wait(GROUP_SECONDS)
            self._try()

    def _try(self) -> None:
        """Write what waits; where the folder cannot be written it goes on waiting, and is tried again."""
        try:
            self.flush()
        except OSError as error:
            logger.error("the access log cannot be written; %d lines wait: %s", len(self._late), error)
            threading.Event().wait(RETRY_SECONDS)
            self._wake.set()


@lru_cache(maxsize=8)
def _file(folder: Path) -> AccessFile:
    return AccessFile(folder)


def access_log() -> AccessFile:
    """This installation's access log."""
    return _file(Path(settings.VAR) / "log")
