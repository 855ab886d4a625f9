"""Every migration runs from nothing on PostgreSQL; on SQLite the tests of a worker that dies run them all."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import connection, connections

NAME = "commonweal_from_nothing"


@pytest.mark.django_db(transaction=True)
def test_every_migration_runs_from_nothing_on_postgresql(tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL")
    server = os.environ["COMMONWEAL_DATABASE_URL"].rpartition("/")[0]
    with connections["default"].cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
        cursor.execute(f"CREATE DATABASE {NAME}")
    try:
        environment = os.environ | {"COMMONWEAL_DATABASE_URL": f"{server}/{NAME}", "COMMONWEAL_VAR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
            env=environment, capture_output=True, text=True, timeout=600, check=False,
        )
        assert done.returncode == 0, done.stderr
    finally:
        with connections["default"].cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
