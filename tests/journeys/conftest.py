"""A served copy of the worked example and a real browser to walk through it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests.journeys.walking import Walker

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
PATIENCE = 40_000  # milliseconds: a busy machine is no fault of the pages


@dataclass(frozen=True)
class Served:
    """Where the example is served, the invented people's passwords, and the server's process."""

    address: str
    passwords: dict[str, str]
    process: int = 0
    var: Path = Path()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_answering(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert server.poll() is None, log.read_text()
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"The server did not answer: {log.read_text()}")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, worker_id) -> Path:
    """The data folder that `commonweal run` prepares: made once, however many test processes there are."""
    own = tmp_path_factory.getbasetemp()
    whole = (own if worker_id == "master" else own.parent) / "prepared"
    with (whole.parent / "prepared.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not whole.exists():
            var = own / "var"
            subprocess.run(
                [sys.executable, "-c", "from commonweal.cli.run import prepare; prepare()"],
                env=surroundings(var), check=True, timeout=900,
            )
            var.rename(whole)
    return whole


def surroundings(var: Path) -> dict[str, str]:
    return {**os.environ, "COMMONWEAL_VAR": str(var), "DJANGO_SETTINGS_MODULE": "commonweal.web.settings"}


@pytest.fixture(scope="session")
def served(prepared, tmp_path_factory) -> Iterator[Served]:
    """The example made by `commonweal run`'s own preparation, served with its worker, ended with the tests."""
    var, port = tmp_path_factory.mktemp("journeys") / "var", _free_port()
    shutil.copytree(prepared, var)
    around = surroundings(var)
    log = var / "server.log"
    with log.open("wb") as said:
        started = [
            subprocess.Popen([sys.executable, "-m", *words], env=around, stdout=said, stderr=said)
            for words in (
                ["gunicorn", "commonweal.web.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "1",
                 "--threads", "4", "--timeout", "120", "--log-level", "warning", "--no-control-socket"],
                ["commonweal.web", "worker"],
            )
        ]
        try:
            _wait_until_answering(port, started[0], log)
            urlopen(f"http://127.0.0.1:{port}/place/Z07000001/", timeout=120).close()  # the first is worked out
            yield Served(f"http://127.0.0.1:{port}", json.loads((var / "example-accounts.json").read_text()),
                         started[0].pid, var)
        finally:
            for process in started:
                process.terminate()
            for process in started:
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


@pytest.fixture(scope="module")
def browser():
    """The system's own Chromium, or Playwright's."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no browser here")
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with playwright.sync_playwright() as driver:
        if not found and not Path(driver.chromium.executable_path).exists():
            pytest.skip("no browser here")
        opened = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def walk(browser, served, request) -> Iterator[Walker]:
    """Somebody at a desk; with `indirect` and "phone", somebody with a small telephone and no scripts."""
    phone = getattr(request, "param", "desk") == "phone"
    look = {"base_url": served.address, "viewport": NARROW if phone else WIDE, "locale": "en-GB"}
    contexts = [browser.new_context(**look, java_script_enabled=not phone)]
    if phone:
        contexts.append(browser.new_context(**look))
    for context in contexts:
        context.set_default_timeout(PATIENCE)
    pages = [context.new_page() for context in contexts]
    walker = Walker(pages[0], width=look["viewport"]["width"], second=pages[1] if phone else None)
    yield walker
    for context in contexts:
        context.close()
    assert walker.complaints == []
