"""Where Django learns of the needs stage."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NeedsConfig(AppConfig):
    """The needs stage."""

    name = "commonweal.needs"
    label = "needs"
    verbose_name = "Needs"

    def ready(self) -> None:
        """Index the words of evidence after every migration: SQLite drops triggers when it remakes a table."""
        from commonweal.needs.word_index import index_evidence

        post_migrate.connect(index_evidence, dispatch_uid="needs.index_evidence")
