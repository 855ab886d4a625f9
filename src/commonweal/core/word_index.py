"""The words of a table, indexed by the database itself and kept by it, so that a search stays quick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections, transaction

_ADD = "INSERT INTO {name} (item, body) VALUES (new.id, {new});"
_DROP = """DELETE FROM {name} WHERE rowid IN
(SELECT rowid FROM {name} WHERE {name} MATCH 'item:' || old.id);"""
_SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5
(item, body, tokenize = 'unicode61 remove_diacritics 0', prefix = '3 4 5')""",
    f"CREATE TRIGGER IF NOT EXISTS {{name}}_new AFTER INSERT ON {{table}} BEGIN {_ADD} END",
    f"CREATE TRIGGER IF NOT EXISTS {{name}}_gone AFTER DELETE ON {{table}} BEGIN {_DROP} END",
    f"""CREATE TRIGGER IF NOT EXISTS {{name}}_said AFTER UPDATE OF {{columns}} ON {{table}}
WHEN {{changed}} BEGIN {_DROP} {_ADD} END""",
)
_COUNTS = "SELECT (SELECT COUNT(*) FROM {name}), (SELECT COUNT(*) FROM {table})"
_EMPTY = "DELETE FROM {name}"
_FILL = "INSERT INTO {name} (item, body) SELECT id, {body} FROM {table} ORDER BY id"
_POSTGRES = "CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin ({postgres})"


@dataclass(frozen=True, slots=True)
class WordIndex:
    """A table's words: FTS5 with triggers on SQLite, an index of `postgres` (a tsvector) on PostgreSQL.

    What stands in the statements comes from the code of a stage alone, never from what a person typed.
    """

    name: str
    table: str
    columns: Sequence[str]
    postgres: str

    def put_in_place(self, using: str) -> None:
        """After a migration: the index is there, and filled where it does not hold every row."""
        connection = connections[using]
        if self.table not in connection.introspection.table_names():
            return
        with transaction.atomic(using=using), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(self._said(_POSTGRES))
                return
            for statement in _SQLITE:
                cursor.execute(self._said(statement))
            cursor.execute(self._said(_COUNTS))
            indexed, held = cursor.fetchone()
            if indexed != held:
                cursor.execute(self._said(_EMPTY))
                cursor.execute(self._said(_FILL))

    def _said(self, statement: str) -> str:
        return statement.format(
            name=self.name, table=self.table, postgres=self.postgres, columns=", ".join(self.columns),
            body=self._body(), new=self._body("new."),
            changed=" OR ".join(f"old.{column} <> new.{column}" for column in self.columns),
        )

    def _body(self, row: str = "") -> str:
        return " || ' ' || ".join(f"{row}{column}" for column in self.columns)
