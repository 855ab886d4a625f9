"""Where Django learns of the providers stage."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProvidersConfig(AppConfig):
    """Who could do what, known and built up."""

    name = "commonweal.providers"
    label = "providers"
    verbose_name = "Providers"

    def ready(self) -> None:
        """Index the directory's words after every migration: SQLite drops triggers when it remakes a table."""
        from commonweal.providers.word_index import index_directory

        post_migrate.connect(index_directory, dispatch_uid="providers.index_directory")
