"""The drill: the served example's folder is backed up by the command, and restored by it into an empty one."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from tests.journeys.conftest import surroundings

pytestmark = pytest.mark.journey


def commonweal(var, *words):
    """A command as a person gives it: how it ended and what it said."""
    done = subprocess.run(
        [sys.executable, "-c", "from commonweal.cli import app; app()", *words],
        env={**surroundings(var), "COLUMNS": "300"}, capture_output=True, text=True, timeout=300, check=False,
    )
    return done.returncode, done.stdout + done.stderr


def counted(var):
    with closing(sqlite3.connect(var / "commonweal.sqlite3")) as opened:
        people = opened.execute("SELECT id, email FROM core_person ORDER BY id").fetchall()
        return people, opened.execute("SELECT COUNT(*) FROM core_event").fetchone()


def test_a_lost_installation_comes_back(prepared, tmp_path):
    apart, new, key = tmp_path / "apart", tmp_path / "new", str(tmp_path / "safe" / "backup.key")
    code, said = commonweal(prepared, "backup", str(apart), "--key-file", key, "--new-key")
    assert code == 0, said
    [path] = apart.glob("*.backup")
    assert b"larkmere" not in path.read_bytes().lower()
    code, said = commonweal(new, "restore", str(path), "--key-file", key)
    assert code == 0, said
    assert "rows and" in said
    assert counted(new) == counted(prepared)
    assert (new / "example-accounts.json").read_bytes() == (prepared / "example-accounts.json").read_bytes()
    code, said = commonweal(new, "restore", str(path), "--key-file", key)
    assert (code, "already holds people" in said) == (1, True)
    code, said = commonweal(new, "check")
    assert code == 0, said
    assert " ILL " not in said
