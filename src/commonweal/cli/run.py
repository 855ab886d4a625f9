"""`commonweal run`: prepare everything and serve it on this computer, with the worked example to look at."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Annotated

import typer

from commonweal.cli.frame import out

HOST = "127.0.0.1"
AGAIN = 5       # how often in a row a worker that died is started anew
STEADY = 120.0  # seconds of life after which earlier deaths count no more


class PortTaken(RuntimeError):
    """Somebody else listens there; the text says what to do."""


class Worker:
    """The process that does long work. One that dies is followed by another, unless they die in a row."""

    def __init__(self, command: list[str]) -> None:
        self._command, self._deaths = command, 0
        self._start()

    def keep(self) -> bool:
        """Whether one is at work, started anew where it died."""
        if self.process.poll() is None:
            return True
        self._deaths = 1 if time.monotonic() - self._since > STEADY else self._deaths + 1
        if self._deaths > AGAIN:
            return False
        out().print("The worker stopped and is started again. What it had in hand is taken up.")
        self._start()
        return True

    def _start(self) -> None:
        self.process = subprocess.Popen(self._command)
        self._since = time.monotonic()


def run(
    port: Annotated[int, typer.Option(help="Where to serve on this computer.", min=1, max=65_535)] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes answer requests.", min=1, max=32)] = 2,
) -> None:
    """Prepare the database and the worked example, and serve on 127.0.0.1."""
    _require_free(port)
    signal.signal(signal.SIGTERM, _interrupt)
    var = prepare_figures()
    server, worker = _start_server(port, workers), None
    try:
        prepare_records(var, partial(_wait_and_welcome, port, server))
        worker = Worker([sys.executable, "-m", "commonweal.web", "worker"])
        _say_who(var)
        _serve(server, worker)
    except KeyboardInterrupt:
        out().print("Stopping.")
    finally:
        _stop(server, *([worker.process] if worker else []))


def _interrupt(*_: object) -> None:
    """SIGTERM ends it as Ctrl-C does."""
    raise KeyboardInterrupt


def prepare() -> Path:
    """The database up to date and the whole example in it; the data folder."""
    var = prepare_figures()
    prepare_records(var)
    return var


def prepare_figures() -> Path:
    """The database up to date, and the figures of the invented district for its page; the data folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from commonweal.core.stores import stores
    from commonweal.example.store import build_store

    var = Path(settings.VAR)
    var.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)
    build_store(stores().example)
    return var


def prepare_records(var: Path, before: Callable[[], None] = lambda: None) -> None:
    """The invented people and all their work, once and after `before`; every page says how far it has got."""
    from commonweal.example.readying import told

    with told(var) as tell:
        before()
        from commonweal.example.world import build_records, passwords_in

        build_records(passwords_in(var), tell)


def _wait_and_welcome(port: int, server: subprocess.Popen[bytes]) -> None:
    _wait_until_answering(port, server)
    _say_welcome(port)


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortTaken(
                f"Something is already serving on {HOST}:{port}. Stop it, or choose another: "
                f".venv/bin/commonweal run --port {port + 1}"
            ) from error


def _start_server(port: int, workers: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([
        sys.executable, "-m", "gunicorn", "commonweal.web.wsgi:application", "--bind", f"{HOST}:{port}",
        "--workers", str(workers), "--threads", "4", "--timeout", "120", "--log-level", "warning",
        "--no-control-socket", "--limit-request-line", "8190",
    ])


def _wait_until_answering(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the first page has come: what is done before that would only keep it waiting."""
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError("The server stopped as it started; what it said stands above.")
        first = HTTPConnection(HOST, port, timeout=120)
        try:
            first.request("GET", "/")
            first.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            first.close()
    raise RuntimeError("The server did not answer within a minute.")


def _say_welcome(port: int) -> None:
    from commonweal.example.geography import land

    say = out().print
    say(f"\nCommonweal is at http://{HOST}:{port}/  (Ctrl-C stops it)\n")
    say(f"Open {land().main.name}, the invented district, without signing in:")
    say(f"  http://{HOST}:{port}/place/{land().main.code}/\n")
    say("Its people and their work follow; the first time this takes about half a minute.\n")


def _say_who(var: Path) -> None:
    from commonweal.core.stores import stores
    from commonweal.example.world import cast, passwords_in

    passwords = passwords_in(var)
    say = out().print
    say("Sign in as one of the invented people:")
    for one in cast()["people"]:
        if one["shown"]:
            say(f"  {one['email']:<30} {passwords[one['email']]:<14} {one['says']}")
    if stores().published.exists:
        say("\nPublished data is here too: any district of England opens beside the example.")
    else:
        say("\nFor real districts, bring published data first: .venv/bin/commonweal pull")


def _serve(server: subprocess.Popen[bytes], worker: Worker) -> None:
    """Serve until the server ends or no worker stays alive."""
    while server.poll() is None and worker.keep():
        time.sleep(0.5)
    raise RuntimeError("One of the two processes stopped; what it said stands above.")


def _stop(*processes: subprocess.Popen[bytes]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
