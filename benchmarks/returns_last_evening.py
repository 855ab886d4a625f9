"""The last evening before returns are due: 300 groups save every 10 to 20 seconds, and processes are killed.

After a quarter of the time one of the processes that answer is ended with kill -9; half way the whole server and
the worker are, and started anew. Prints the 95th percentile of a save in seconds as a person waits, beside the
second that is promised; how long those waited who saved while nothing ran, which is told apart; and how many saves
that were acknowledged are not in the database afterwards: none may be. The machine is this one, whatever else runs
on it. COMMONWEAL_BENCH_GROUPS and COMMONWEAL_BENCH_SECONDS make it smaller.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import partial
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPHandler, OpenerDirector, Request, build_opener
from uuid import uuid4

GROUPS = int(os.environ.get("COMMONWEAL_BENCH_GROUPS", "300"))
SECONDS = float(os.environ.get("COMMONWEAL_BENCH_SECONDS", "60"))
BETWEEN, PERIODS, PROMISED, SEED, STREETS = (10.0, 20.0), 12, 1.0, 7, 50
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
Process = subprocess.Popen[bytes]
QUESTIONS = ("attendances", "people", "answered", "satisfied", "different")


@dataclass
class Evening:
    """What came of it: each save's begin and wait, the keys acknowledged, and from when to when nothing ran."""

    waits: list[tuple[float, float]] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    dead: tuple[float, float] = (0.0, 0.0)

    def split(self) -> tuple[list[float], list[float]]:
        """The waits of those who saved while the server ran, and of those who did not."""
        begun, ended = self.dead
        through = [wait for at, wait in self.waits if at < ended and at + wait > begun]
        return [wait for at, wait in self.waits if at >= ended or at + wait <= begun], through


def main() -> None:
    """Print the line; exits with 1 where a save was lost or the promise is not kept."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        os.environ |= {"COMMONWEAL_VAR": place, "DJANGO_SETTINGS_MODULE": "commonweal.web.settings"}
        links = seeded()
        port = free_port()
        running = started(port)
        try:
            told = evening(port, links, running)
        finally:
            stopped(running)
        lost = told.acknowledged - kept()
    waits, through = told.split()
    slow = quantiles(waits, n=20)[-1]
    print(f"returns-last-evening-p95-seconds {slow:.2f} {PROMISED:.2f} {slow / PROMISED:.2f}")
    print(f"{len(waits) + len(through):,} saves of {GROUPS} groups; median wait {median(waits):.3f} s, "
          f"longest {max(waits):.2f} s")
    print(f"one answering process, then server and worker ended with kill -9; nothing ran for "
          f"{told.dead[1] - told.dead[0]:.1f} s, {len(through)} saves waited through it, at most "
          f"{max(through, default=0.0):.1f} s")
    print(f"{len(lost)} of the saves acknowledged are lost")
    raise SystemExit(bool(lost) or slow > PROMISED)


def seeded() -> list[tuple[str, str]]:
    """So many returns that wait, each with its link: (return, token)."""
    import django

    django.setup()
    from django.core.management import call_command

    from commonweal.core import clock
    from commonweal.core.actions.partnerships import create_partnership
    from commonweal.core.viewer import SYSTEM
    from commonweal.measures.actions.opening import make_link, open_returns
    from commonweal.measures.actions.plans import PlanSaid, plan_returns
    from commonweal.options.actions.agreements import AgreementSaid, record_agreement

    call_command("migrate", verbosity=0)
    there = create_partnership(by=SYSTEM, name="Bench together", invented=True)
    begins = (clock.today() - timedelta(days=31 * PERIODS)).replace(day=1)
    for number in range(-(-GROUPS // (PERIODS - 1))):
        agreement = record_agreement(by=SYSTEM, partnership=there, said=AgreementSaid(
            title=f"Club {number}", service="arts", form="grant", begins=begins, ends=None, regime="",
            source="Bench", parties=(("Council", "pays"), (f"Club {number}", "delivers")),
            years=(("2026-27", Decimal(900)),)))
        plan_returns(by=SYSTEM, agreement=agreement, said=PlanSaid(
            tier=1, every=1, tier_reason="Load", begins=begins, difference="they felt better",
            provider_name=f"Club {number}"))
    rows = open_returns(by=SYSTEM, partnership=there)[:GROUPS]
    return [(str(row.pk), make_link(by=SYSTEM, to=row)[1]) for row in rows]


def evening(port: int, links: list[tuple[str, str]], running: list[Process]) -> Evening:
    """Everybody saves; first one process that answers is killed, then all of the server and the worker."""
    told = Evening()
    with ThreadPoolExecutor(8) as doors:
        groups = list(doors.map(lambda at: opened(port, at % STREETS + 1, *links[at]), range(len(links))))
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(len(groups)) as pool:
        work = [pool.submit(saving, port, group, until, SEED + at, told) for at, group in enumerate(groups)]
        time.sleep(SECONDS / 4)
        os.kill(answering(running[0])[0], signal.SIGKILL)
        time.sleep(SECONDS / 4)
        begun = time.monotonic()
        for process in running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        running[:] = started(port)
        told.dead = (begun, time.monotonic())
        for one in work:
            one.result()
    return told


def answering(server: Process) -> list[int]:
    """The processes that answer for a server."""
    return [int(one) for one in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()]


class FromStreet(HTTPHandler):
    """Connections from one of many addresses, for links tried from one address alone are counted."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def http_open(self, req: Request) -> Any:
        """Connect from this street's own address."""
        return self.do_open(partial(HTTPConnection, source_address=(f"127.0.1.{self.number}", 0)), req)


def opened(port: int, street: int, returned: str, token: str) -> tuple[str, OpenerDirector, str]:
    """A group's telephone that came through its link: the return, its browser, and its page's token."""
    browser = build_opener(FromStreet(street), HTTPCookieProcessor(CookieJar()))
    base = f"http://127.0.0.1:{port}"
    page = browser.open(f"{base}/return/open/{token}/", timeout=60).read().decode()
    browser.open(Request(f"{base}/return/open/{token}/", urlencode(
        {"csrfmiddlewaretoken": found(page)}).encode()), timeout=60).read()
    page = browser.open(f"{base}/return/{returned}/question/people/", timeout=60).read().decode()
    return returned, browser, found(page)


def saving(port: int, group: tuple[str, OpenerDirector, str], until: float, seed: int, told: Evening) -> None:
    """Save, wait, save; where no answer comes, send the same again as the page's script does."""
    returned, browser, token = group
    rng = random.Random(seed)
    time.sleep(rng.uniform(0, BETWEEN[1]))
    while time.monotonic() < until:
        key, began = str(uuid4()), time.monotonic()
        typed = {"csrfmiddlewaretoken": token, "key": key, "seen": "0", "answer": str(rng.randrange(1, 900))}
        address = f"http://127.0.0.1:{port}/return/{returned}/question/{rng.choice(QUESTIONS)}/"
        while not sent(browser, address, typed):
            time.sleep(1)
        told.acknowledged.add(key)
        told.waits.append((began, time.monotonic() - began))
        time.sleep(rng.uniform(*BETWEEN))


def sent(browser: OpenerDirector, address: str, typed: dict[str, str]) -> bool:
    """Whether the server said that it has it."""
    try:
        with browser.open(Request(address, urlencode(typed).encode(), {"Accept": "application/json"}),
                          timeout=30) as answer:
            return bool(json.load(answer)["number"])
    except HTTPError as wrong:
        if wrong.code < 500:
            raise AssertionError(f"{address}: {wrong.code}") from wrong
        return False
    except OSError:
        return False


def kept() -> set[str]:
    """The keys that the database holds."""
    from commonweal.measures.models import AnswerSave

    return {str(key) for key in AnswerSave.objects.values_list("key", flat=True)}


def found(page: str) -> str:
    """The token of a page's form."""
    match = TOKEN.search(page)
    assert match, "the page has no form"
    return match[1]


def started(port: int) -> list[Process]:
    """Server and worker as `commonweal run` starts them, once the server answers."""
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "commonweal.web.wsgi:application", "--bind", f"127.0.0.1:{port}",
         "--workers", "2", "--threads", "4", "--timeout", "120", "--log-level", "error", "--no-control-socket"],
        start_new_session=True)
    worker = subprocess.Popen([sys.executable, "-m", "commonweal.web", "worker"], start_new_session=True,
                              stdout=subprocess.DEVNULL)
    for _ in range(600):
        with suppress(OSError), build_opener().open(f"http://127.0.0.1:{port}/health/", timeout=60):
            break
        time.sleep(0.1)
    return [server, worker]


def stopped(running: list[Process]) -> None:
    """End all of it."""
    for process in running:
        os.killpg(process.pid, signal.SIGTERM)
    for process in running:
        process.wait(timeout=60)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
