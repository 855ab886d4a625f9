"""What `commonweal run` does when one of its processes dies."""

from __future__ import annotations

import os
import signal
import sys

import commonweal.cli.run  # noqa: F401 - the package gives its command under the same name

run = sys.modules["commonweal.cli.run"]

LIVES, DIES = [sys.executable, "-c", "input()"], [sys.executable, "-c", "raise SystemExit(1)"]


def test_a_worker_that_is_killed_is_followed_by_another(capsys):
    worker = run.Worker(LIVES)
    first = worker.process
    assert worker.keep()
    assert worker.process is first
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert worker.keep()
    assert worker.process.pid != first.pid
    assert "started again" in capsys.readouterr().out
    run._stop(worker.process)
    assert worker.process.poll() is not None


def test_workers_that_die_in_a_row_are_given_up(monkeypatch):
    worker, lives = run.Worker(DIES), 1
    while not worker.process.wait() or worker.keep():
        lives += 1
    assert lives == 1 + run.AGAIN
    monkeypatch.setattr(run, "STEADY", -1.0)  # as if each had lived long
    assert worker.keep()
    worker.process.wait()
