"""The worker side of the sandbox: caps itself, then answers one call after another until its pipe closes."""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import struct
import sys
import traceback
from typing import IO, Any

from commonweal.lake.opening.model import CannotOpen

try:
    import resource
except ImportError:  # no caps but the clock where the system has none (Windows)
    resource = None  # type: ignore[assignment]

DONE, REFUSED, FAILED, EXHAUSTED = 0, 1, 2, 3


def main(memory: int, cpu: int, written: int) -> None:
    """Serve calls from standard input until it closes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    _one_thread()
    _cap(memory, written)
    while (request := _next(sys.stdin.buffer)) is not None:
        _allow_cpu(cpu)
        _send(answers, *_answer(request))
        gc.collect()


def _one_thread() -> None:
    arrow = importlib.import_module("pyarrow")
    arrow.set_cpu_count(1)
    arrow.set_io_thread_count(1)


def _cap(memory: int, written: int) -> None:
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _allow_cpu(seconds: int) -> None:
    """The cap counts a process's whole life, so each call moves it on."""
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds + 1, hard))


def _next(stream: IO[bytes]) -> bytes | None:
    header = stream.read(8)
    if len(header) < 8:
        return None
    size = struct.unpack("<Q", header)[0]
    request = stream.read(size)
    return request if len(request) == size else None


def _answer(request: bytes) -> tuple[int, list[Any]]:
    try:
        function, arguments, named = pickle.loads(request)  # noqa: S301 - from the process that started this one
        buffers: list[pickle.PickleBuffer] = []
        body = pickle.dumps(function(*arguments, **named), protocol=5, buffer_callback=buffers.append)
        return DONE, [body, *(one.raw() for one in buffers)]
    except CannotOpen as error:
        return REFUSED, [str(error).encode("utf-8", errors="replace")]
    except MemoryError:
        return EXHAUSTED, [b""]
    except Exception:  # every failure must become an answer
        return FAILED, [traceback.format_exc(limit=12).encode("utf-8", errors="replace")]


def _send(stream: IO[bytes], status: int, parts: list[Any]) -> None:
    stream.write(struct.pack("<BQ", status, len(parts)))
    stream.write(struct.pack(f"<{len(parts)}Q", *(len(part) for part in parts)))
    for part in parts:
        stream.write(part)
    stream.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
