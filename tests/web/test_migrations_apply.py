"""An empty database is built from the models at once; the long way, step by step, ends in the same tables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, connections

NAMES = ("commonweal_at_once", "commonweal_by_steps")
DESCRIBE = """
import json, sys, django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0, by_steps="steps" in sys.argv)
call_command("migrate", verbosity=0, check_unapplied=True)
WHAT = ("unique", "primary_key", "foreign_key", "check", "index")
told = {}

def lite(cursor, table):  # Django's own reading trips over checks with commas
    def rows(words):
        cursor.execute(words, [table])
        return sorted(json.dumps(row) for row in cursor.fetchall())

    indexes = ('SELECT l."unique", l.partial, group_concat(i.name) FROM pragma_index_list(%s) l, '
               'pragma_index_info(l.name) i GROUP BY l.name')
    keys = 'SELECT "from", "table", "to" FROM pragma_foreign_key_list(%s)'
    checks = "SELECT (length(sql) - length(replace(sql, ' CHECK ', ''))) / 7 FROM sqlite_master WHERE name = %s"
    return [rows(indexes), rows(keys), rows(checks)]

def big(cursor, table):
    found = connection.introspection.get_constraints(cursor, table).values()
    rules = ([sorted(map(str, one["columns"] or [])), *(one[what] for what in WHAT)] for one in found)
    return sorted(map(json.dumps, rules))

with connection.cursor() as cursor:
    for table in connection.introspection.django_table_names(only_existing=True):
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
        columns = sorted(one[0] for one in cursor.description)
        told[table] = [columns, (lite if connection.vendor == "sqlite" else big)(cursor, table)]
    if connection.vendor == "sqlite":
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
    else:
        cursor.execute("SELECT count(*) FROM information_schema.triggers")
    told["triggers"] = cursor.fetchone()[0]
print(json.dumps(told))
"""


def described(folder: Path, name: str, *arguments: str) -> dict[str, object]:
    """The tables that `migrate` makes in a process of its own, on the database the tests run on."""
    (folder / name).mkdir()
    environment = os.environ | {
        "COMMONWEAL_VAR": str(folder / name), "DJANGO_SETTINGS_MODULE": "commonweal.web.settings",
    }
    if connection.vendor == "postgresql":
        server = os.environ["COMMONWEAL_DATABASE_URL"].rpartition("/")[0]
        environment["COMMONWEAL_DATABASE_URL"] = f"{server}/{name}"
    done = subprocess.run(
        [sys.executable, "-c", DESCRIBE, *arguments], env=environment, capture_output=True, text=True,
        timeout=1_200, check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture
def two_databases(transactional_db):
    def each(words: str) -> None:
        if connection.vendor == "postgresql":
            with connections["default"].cursor() as cursor:
                for name in NAMES:
                    cursor.execute(words.format(name))

    each("DROP DATABASE IF EXISTS {}")
    each("CREATE DATABASE {}")
    yield NAMES
    each("DROP DATABASE IF EXISTS {}")


def test_an_empty_database_is_built_at_once(two_databases, tmp_path):
    told = described(tmp_path, two_databases[0])
    assert told["triggers"] > 20
    assert {"core_organisation", "needs_need", "measures_return"} <= set(told)


@pytest.mark.soak
def test_step_by_step_ends_in_the_same_tables(two_databases, tmp_path):
    at_once, by_steps = described(tmp_path, NAMES[0]), described(tmp_path, NAMES[1], "steps")
    assert set(at_once) == set(by_steps)
    assert {name: (at_once[name], by_steps[name]) for name in at_once if at_once[name] != by_steps[name]} == {}
