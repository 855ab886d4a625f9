"""Where Django learns of this floor, and where append-only tables get their triggers."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """People, organisations, partnerships, events, jobs."""

    name = "commonweal.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Guard append-only tables after every migration: SQLite drops triggers when it remakes a table."""
        from commonweal.core.triggers import guard_append_only_tables

        post_migrate.connect(guard_append_only_tables, dispatch_uid="core.guard_append_only_tables")
