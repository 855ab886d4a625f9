"""Running a function on untrusted files in capped worker processes, so that a file may fail, never the server."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Any, TypeVar

from commonweal.lake.opening.documents import without_collecting
from commonweal.lake.opening.files import open_bytes, open_file
from commonweal.lake.opening.limits import MIB, PUBLISHED, Limits
from commonweal.lake.opening.model import CannotOpen, Opened, writable

T = TypeVar("T")

DONE, REFUSED, FAILED, EXHAUSTED = 0, 1, 2, 3
_TIME_UP = -getattr(signal, "SIGXCPU", -1)
_KILLED = -getattr(signal, "SIGKILL", -1)
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "SYSTEMROOT")
_ONE_THREAD = {
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2",
    "ARROW_DEFAULT_MEMORY_POOL": "system", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0",
}
_PATHS = frozenset(("Path", "PosixPath", "PurePosixPath", "PurePath", "WindowsPath", "PureWindowsPath"))
# By name, never a whole module: `pyarrow.lib` holds `os`, and a pickle may ask for `os.system` of it.
_LET_IN = {
    "builtins": frozenset(("set", "frozenset", "complex", "bytearray", "range", "slice")),
    "datetime": frozenset(("date", "datetime", "time", "timedelta", "timezone")),
    "decimal": frozenset(("Decimal",)),
    "uuid": frozenset(("UUID",)),
    "pathlib": _PATHS,
    "pathlib._local": _PATHS,
    "pyarrow.lib": frozenset((
        "_reconstruct_record_batch", "_reconstruct_table", "_restore_array", "binary", "chunked_array",
        "decimal32", "decimal64", "decimal128", "decimal256", "dictionary", "field", "large_list",
        "large_list_view", "list_", "list_view", "map_", "py_buffer", "run_end_encoded", "schema",
        "struct", "timestamp", "type_for_alias", "union",
    )),
}


@dataclass(frozen=True, slots=True)
class Caps:
    """What one worker may use: address space in all; processor and wall-clock seconds for each call."""

    memory_bytes: int = 4096 * MIB
    cpu_seconds: int = 120
    wall_seconds: float = 180.0
    written_bytes: int = 0


class Sandbox:
    """A few reusable workers; calls from any thread wait for a free one. Close it, or use it in `with`.

    Workers are fresh interpreters that share no memory, connection or open file with this process, so
    that they are safe beside threads, Django and DuckDB. One that dies or hangs is replaced.
    """

    def __init__(self, *, workers: int = 1, caps: Caps | None = None) -> None:
        self.caps = caps or Caps()
        self._workers: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(workers):
            self._workers.put(None)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the idle workers."""
        idle: list[_Worker | None] = []
        with contextlib.suppress(queue.Empty):
            while True:
                idle.append(self._workers.get_nowait())
        for worker in idle:
            if worker is not None:
                worker.end()
            self._workers.put(None)

    def run(self, function: Callable[..., T], *arguments: Any, about: str = "The file", **named: Any) -> T:
        """Call an importable function in a worker and hand back what it returns.

        Raises CannotOpen, naming `about`, if the function does, if it fails in any other way, or if the
        worker dies or goes past its caps.
        """
        request = pickle.dumps((function, arguments, named), protocol=5)
        worker = self._workers.get()
        try:
            worker = self._fresh(worker) if worker is None or not worker.is_usable() else worker
            reply = worker.ask(request)
            if worker.is_tired(reply):  # no reason to refuse a file: once more in a fresh one
                worker = self._fresh(worker)
                reply = worker.ask(request)
            return _settle(reply, worker, about)
        finally:
            self._workers.put(worker)

    def _fresh(self, worker: _Worker | None) -> _Worker:
        if worker is not None:
            worker.end()
        return _Worker(self.caps)

    def open(self, path: Path, *, limits: Limits = PUBLISHED) -> list[Opened]:
        """`open_file`, in a worker."""
        opened = self.run(open_file, path.absolute(), limits=limits, about=f"“{writable(path.name)}”")
        return [replace(one, path=writable(str(path))) for one in opened]

    def open_bytes(self, name: str, data: bytes, *, limits: Limits = PUBLISHED) -> list[Opened]:
        """`open_bytes`, in a worker."""
        return self.run(open_bytes, name, data, limits=limits, about=f"“{name}”")


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    body: bytes
    buffers: tuple[bytes, ...]


class _Worker:
    """One worker process and the pipes to it."""

    def __init__(self, caps: Caps) -> None:
        self._caps = caps
        self._owner = os.getpid()
        self.calls = 0
        self.overran = False
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "commonweal.lake.sandbox_worker",
                str(caps.memory_bytes), str(caps.cpu_seconds), str(caps.written_bytes),
            ],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(), close_fds=True, cwd=os.path.sep,
        )

    def is_usable(self) -> bool:
        """Whether the worker is alive and was started by this very process (not by one it was forked from)."""
        return self._owner == os.getpid() and self._process.poll() is None

    def ask(self, request: bytes) -> _Reply | None:
        """Send a request and wait for its reply; None where the worker died or was stopped."""
        self.calls += 1
        clock = threading.Timer(self._caps.wall_seconds, self._stop)
        clock.daemon = True
        clock.start()
        try:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(struct.pack("<Q", len(request)) + request)
            self._process.stdin.flush()
            return _read_reply(self._process.stdout, most=self._caps.memory_bytes)
        except (OSError, EOFError):
            return None
        except BaseException:
            self.ended_by()  # an answer still to come would be taken for the next call's
            raise
        finally:
            clock.cancel()

    def _stop(self) -> None:
        self.overran = True
        self._process.kill()

    def ended_by(self) -> int:
        """The exit status of a worker that died."""
        self._process.kill()
        return self._process.wait()

    def is_tired(self, reply: _Reply | None) -> bool:
        """Whether memory left over from earlier calls may be why a call failed."""
        if self.calls < 2 or self.overran:
            return False
        return self.ended_by() != _TIME_UP if reply is None else reply.status == EXHAUSTED

    def end(self) -> None:
        """End the worker now."""
        if self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _environment() -> dict[str, str]:
    """What a worker is told of its surroundings: where the code is, and no secrets."""
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    path = os.pathsep.join(entry for entry in sys.path if os.path.isabs(entry))
    return {**kept, **_ONE_THREAD, "PYTHONPATH": path}


def _read_reply(stream: IO[bytes], *, most: int) -> _Reply:
    """A reply's parts; EOFError where it claims more bytes than its worker could ever have held."""
    status, count = struct.unpack("<BQ", read_exactly(stream, 9))
    if not 0 < count <= most // 8:
        raise EOFError
    sizes = struct.unpack(f"<{count}Q", read_exactly(stream, 8 * count))
    if sum(sizes) > most:
        raise EOFError
    body, *buffers = (read_exactly(stream, size) for size in sizes)
    return _Reply(status, body, tuple(buffers))


def read_exactly(stream: IO[bytes], size: int) -> bytes:
    """Exactly so many bytes of a stream, or EOFError."""
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def _settle(reply: _Reply | None, worker: _Worker, about: str) -> Any:
    if reply is None:
        status = worker.ended_by()
        worker.end()
        raise CannotOpen(_death(status, worker.overran, about))
    if reply.status == DONE:
        try:
            with without_collecting():
                return _Gate(BytesIO(reply.body), buffers=reply.buffers).load()
        except pickle.UnpicklingError as trap:
            refused = CannotOpen(_death(0, overran=False, about=about))
            refused.add_note(str(trap))
            raise refused from trap
    if reply.status == EXHAUSTED:
        raise CannotOpen(_too_large(about))
    if reply.status == REFUSED:
        raise CannotOpen(reply.body.decode("utf-8"))
    error = CannotOpen(
        f"{about} could not be read: it holds something that was not expected. "
        "Open it, save it again as .xlsx or .csv and try again."
    )
    error.add_note(reply.body.decode("utf-8", errors="replace"))
    raise error


def _too_large(about: str) -> str:
    return f"{about} needs more memory than one file is allowed. Split it, or save the part you need as .csv."


def _death(status: int, overran: bool, about: str) -> str:
    if overran or status == _TIME_UP:
        return f"{about} took too long to read and was given up. Split it, or save the part you need as .csv."
    if status == _KILLED:
        return _too_large(about)
    return f"{about} made its reader stop dead, as damaged and hostile files do. It was not opened."


def _member(kind: type, name: str) -> Enum:
    """An enumeration's member, which Pythons before 3.11.4 write as getattr; nothing else of anything."""
    if not (isinstance(kind, type) and issubclass(kind, Enum) and name in kind.__members__):
        raise pickle.UnpicklingError("a worker sent builtins.getattr, which is not let in")
    return kind.__members__[name]


class _Gate(pickle.Unpickler):
    """Unpickles plain values, Arrow tables and this package's own classes; a hostile worker gets no further."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        if (module_name, global_name) == ("builtins", "getattr"):
            return _member
        if global_name in _LET_IN.get(module_name, ()):
            return super().find_class(module_name, global_name)
        if module_name.startswith("commonweal.") and "." not in global_name:
            found = super().find_class(module_name, global_name)
            if isinstance(found, type) and getattr(found, "__module__", "") == module_name:
                return found
        raise pickle.UnpicklingError(f"a worker sent {module_name}.{global_name}, which is not let in")
