"""The worked example's records: built once for all test processes, then put in place row by row in a moment."""

from __future__ import annotations

import pickle
import shutil
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.test import override_settings

ROWS, FILES = "rows.pickle", "files"
WORD_INDEXES = ("needs_evidence_words", "providers_words")
TOGETHER = 400  # rows an INSERT


def place_example(folder: Path, shared: Path) -> None:
    """Fill the database and the data folder: by building, or from the rows that whoever built first has kept."""
    with (shared.parent / f"{shared.name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not (shared / ROWS).exists():
            before = counted()
            build(folder)
            shared.mkdir(exist_ok=True)
            shutil.copytree(folder, shared / FILES)
            changed = [table for table, count in counted().items() if count != before[table]]
            assert not any(before[table] for table in changed), "a table that the example fills held rows already"
            (shared / ROWS).write_bytes(pickle.dumps({table: dumped(table) for table in changed}))
            return
    shutil.copytree(shared / FILES, folder, dirs_exist_ok=True)
    for table, rows in pickle.loads((shared / ROWS).read_bytes()).items():
        loaded(table, rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)


def build(folder: Path) -> None:
    """The example without its store, by its own actions."""
    from commonweal.example import world as example

    assert not example.example_exists(), "the small world is here already: give the example a test file of its own"

    with pytest.MonkeyPatch.context() as patch, override_settings(VAR=folder):
        patch.setattr(example, "build_store", lambda store: None)
        example.build_example(example.passwords_in(folder))


def counted() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(WORD_INDEXES):
                continue  # the database fills its indexes of words itself
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def dumped(table: str) -> list[str] | bytes:
    """Every row: as SQL literals where the database is SQLite, in its own copy format on PostgreSQL."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                return b"".join(bytes(part) for part in copy)
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
        names = [column[0] for column in cursor.description]
        cursor.execute(f"SELECT {', '.join(f'quote({name!r})'.replace(chr(39), chr(34)) for name in names)} "
                       f'FROM "{table}" ORDER BY rowid')
        return [f"({', '.join(row)})" for row in cursor.fetchall()]


def loaded(table: str, rows: list[str] | bytes) -> None:
    with connection.cursor() as cursor:
        if isinstance(rows, bytes):
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(rows)
            return
        raw = cursor.cursor.connection  # a percent sign in a text is no parameter
        for at in range(0, len(rows), TOGETHER):
            raw.execute(f'INSERT INTO "{table}" VALUES {", ".join(rows[at:at + TOGETHER])}')
