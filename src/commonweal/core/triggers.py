"""Database triggers that refuse UPDATE on append-only tables, whichever code tries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from commonweal.core.models.versions import AppendOnly

REFUSAL = "append-only rows are never changed"

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {trigger} BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION commonweal_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRES = """
CREATE OR REPLACE TRIGGER {trigger} BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION commonweal_append_only()
"""


def append_only_models() -> list[type[models.Model]]:
    """Every append-only model of every stage."""
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def guard(connection: BaseDatabaseWrapper, table: str) -> None:
    """Put the trigger on one table, if it is not there yet."""
    quote = connection.ops.quote_name
    words = {"trigger": quote(f"{table}_append_only"), "table": quote(table), "refusal": REFUSAL}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION.format(**words))
            cursor.execute(_POSTGRES.format(**words))
        else:
            cursor.execute(_SQLITE.format(**words))


@contextmanager
def unguarded(model: type[models.Model]) -> Iterator[None]:
    """For erasing a person from words that are otherwise fixed: the guard is off inside, and on again after.

    In a transaction: whatever fails leaves the guard on and the rows as they were.
    """
    connection = connections[model._default_manager.db]
    table = model._meta.db_table
    with transaction.atomic(using=connection.alias):
        _settle(connection)
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(f"{table}_append_only")
            on = f" ON {connection.ops.quote_name(table)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        yield
        _settle(connection)
        guard(connection, table)


def _settle(connection: BaseDatabaseWrapper) -> None:
    """Waiting checks of keys are done now: PostgreSQL changes no trigger of a table that has some."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def guard_append_only_tables(*, app_config: AppConfig, using: str, **_: Any) -> None:
    """After a migration: the triggers of that app's append-only tables."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with transaction.atomic(using=using):
        for model in app_config.get_models():
            if issubclass(model, AppendOnly) and model._meta.db_table in present:
                guard(connection, model._meta.db_table)
