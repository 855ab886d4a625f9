"""Somebody reading every second for an hour: no page fails, answers stay quick, memory stays flat."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.journey

READERS = 6
PLACE = "/place/Z07000001"
PAGES = (
    "/", f"{PLACE}/", f"{PLACE}/areas/", f"{PLACE}/people/", f"{PLACE}/reach/", f"{PLACE}/limits/",
    f"{PLACE}/provision/", f"{PLACE}/needs/", f"{PLACE}/sources/", "/data/published/", "/account/login/",
    "/place/none-such/",
)
GROWTH = 1.25  # of the memory after the first tenth
SECONDS_IN_CI = 6


def resident(pid):
    """Megabytes of a server and its workers."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if str(pid) in (lines["Pid"].strip(), lines["PPid"].strip()):
            total += int(lines.get("VmRSS", "0 kB").split()[0])
    return total / 1024


def read_on(address, until, first, seen):
    """One reader, going round the pages, a breath between them; each answer and how long it took."""
    at = first
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            with urlopen(address + PAGES[at % len(PAGES)], timeout=60) as answer:
                answer.read()
                status = answer.status
        except HTTPError as refused:
            status = refused.code
        with LOCK:
            seen.append((PAGES[at % len(PAGES)], status, time.monotonic() - began))
        at += 1
        time.sleep(0.05)


LOCK = threading.Lock()


def under_load(served, seconds):
    """Answers, and memory after a tenth of the time and at the end."""
    seen, began = [], time.monotonic()
    with ThreadPoolExecutor(READERS) as readers:
        work = [readers.submit(read_on, served.address, began + seconds, one * 2, seen) for one in range(READERS)]
        time.sleep(seconds / 10)
        early = resident(served.process)
        for one in work:
            one.result()
    return seen, early, resident(served.process)


def faults(seen):
    """Pages that answered with a server's fault, and those that never answered well."""
    status = Counter((page, code) for page, code, _ in seen)
    broken = [page for page, code in status if code >= 500]
    silent = [page for page in PAGES if not any(key[0] == page for key in status)]
    return broken, silent


def test_nobody_is_refused_while_several_read(served):
    seen, _, _ = under_load(served, SECONDS_IN_CI)
    broken, _ = faults(seen)
    assert seen
    assert not broken


@pytest.mark.soak
def test_an_hour_under_load_leaves_memory_flat(served):
    minutes = float(os.environ.get("COMMONWEAL_SOAK_MINUTES") or 60)
    seen, early, late = under_load(served, 60 * minutes)
    broken, silent = faults(seen)
    assert not broken
    assert not silent
    assert late <= early * GROWTH, f"{early:.0f} MB early, {late:.0f} MB at the end, {len(seen)} pages"
