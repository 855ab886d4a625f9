"""Work that tells its progress from threads of its own, watched from the thread that may touch the database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from commonweal.core.jobs.handle import Cancelled, Handle
from commonweal.lake.outcome import Progress

T = TypeVar("T")
EVERY_SECONDS = 0.5


def watched(handle: Handle, work: Callable[[Callable[[Progress], None]], T], *, between: tuple[int, int]) -> T:
    """Do the work in a thread and tell the job how far it is, from the first percentage to the second."""
    called_off = threading.Event()
    latest: list[Progress] = []

    def watch(progress: Progress) -> None:
        if called_off.is_set():
            raise Cancelled
        latest[:] = [progress]

    with ThreadPoolExecutor(1, thread_name_prefix="watched") as pool:
        future = pool.submit(work, watch)
        while not wait([future], timeout=EVERY_SECONDS).done:
            try:
                handle.progress(_percent(latest, between), "Reading the rows.")
            except Cancelled:
                called_off.set()
        return future.result()


def _percent(latest: list[Progress], between: tuple[int, int]) -> float:
    first, last = between
    if not latest or not latest[0].bytes:
        return first
    return first + (last - first) * latest[0].bytes_done / latest[0].bytes
