"""Django's `migrate`, save that an empty database is built at once from the models instead of step by step."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

STEPPED = ("app_label", "plan", "check_unapplied", "fake", "fake_initial", "prune", "run_syncdb", "by_steps")


class Command(migrate.Command):
    """On an empty database: every table, and every migration noted as done. Otherwise as Django does it."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's own, and one to take the long way."""
        super().add_arguments(parser)
        parser.add_argument("--by-steps", action="store_true", help="take every step on an empty database too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build what is empty, then do what Django does: its signals put triggers and permissions there."""
        connection = connections[options["database"]]
        if not any(options.get(one) for one in STEPPED) and not connection.introspection.table_names():
            build(connection)
        super().handle(*args, **options)


def build(connection: BaseDatabaseWrapper) -> None:
    """Every table of the models in one transaction, with every migration noted as done; all of it or nothing."""
    known = MigrationLoader(connection).disk_migrations.values()
    done = {key for one in known for key in ((one.app_label, one.name), *one.replaces)}
    recorder = MigrationRecorder(connection)
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        if not recorder.has_table():
            editor.create_model(recorder.Migration)
        for app, name in sorted(done):
            recorder.record_applied(app, name)
