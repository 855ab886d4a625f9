"""A pull killed at any instant leaves the store whole: as it was or with what was adopted, and able to go on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pyarrow.parquet as pq
import pytest

from commonweal.lake.drafts import sweep_drafts
from commonweal.lake.pull import pull_folder
from commonweal.lake.store import Store

PULL = "import sys; from commonweal.lake.pull import pull_folder; from commonweal.lake.store import Store; " \
    "pull_folder(Store(sys.argv[1]), sys.argv[2])"
ROUNDS_IN_CI = 2
ROUNDS = 60
LONGEST = 4.0  # seconds before the kill: about what the whole pull takes


def whole(root):
    """What the store holds, each file read to its end; raises where one is missing or half written."""
    store = Store(root)
    held = {}
    for one in store.datasets():
        for table in one.tables:
            files = store.files(table, one.dataset)
            held[one.dataset, table] = sum(pq.read_table(path).num_rows for path in files)
            assert held[one.dataset, table] == one.tables[table]
    return held


def killed_pull(root, folder, after):
    """Start a pull and kill it, its children with it, as a power cut would; whether it was still at work."""
    with subprocess.Popen([sys.executable, "-c", PULL, str(root), str(folder)], start_new_session=True) as pull:
        time.sleep(after)
        busy = pull.poll() is None
        if busy:
            os.killpg(pull.pid, signal.SIGKILL)
        pull.wait()
    return busy


def rounds(published, tmp_path, number):
    """Kill so many pulls, look at the store after each, then let one finish and compare it with a quiet one."""
    source = published / "01_geography" / "ons"
    quiet, harried = tmp_path / "quiet", tmp_path / "harried"
    pull_folder(Store(quiet), source)
    expected, chance = whole(quiet), random.Random(2026)
    stopped = 0
    for _ in range(number):
        killed = killed_pull(harried, source, chance.uniform(0.3, LONGEST))
        now = whole(harried)
        assert all(expected[key] == rows for key, rows in now.items())
        stopped += killed
        if not killed:  # nothing was left to do: the next begins with nothing
            shutil.rmtree(harried)
    pull_folder(Store(harried), source)
    assert whole(harried) == expected
    for _ in range(100):  # a reader whose pull was killed notices, and ends; then its drafts are swept
        sweep_drafts(harried)
        if not os.listdir(harried / "drafts"):
            break
        time.sleep(0.2)
    assert os.listdir(harried / "drafts") == []
    return stopped


@pytest.mark.real_data
@pytest.mark.promise("N2")
def test_a_pull_killed_at_any_instant_leaves_the_store_whole(published, tmp_path):
    assert rounds(published, tmp_path, ROUNDS_IN_CI)


@pytest.mark.real_data
@pytest.mark.soak
def test_sixty_killed_pulls_leave_the_store_whole(published, tmp_path):
    assert rounds(published, tmp_path, ROUNDS) > ROUNDS // 3
