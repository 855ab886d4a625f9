"""Where Django learns of the shell."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate


class WebConfig(AppConfig):
    """Pages that belong to no stage."""

    name = "commonweal.web"
    label = "web"

    def ready(self) -> None:
        """Hear of signing in; have the table in which every process counts tries, once the database is there."""
        from commonweal.web.security_events import listen

        listen()
        core = apps.get_app_config("core")  # the shell has no records, and Django tells only apps that have
        post_migrate.connect(table_of_tries, sender=core, dispatch_uid="web.table_of_tries")


def table_of_tries(*, using: str, **_given: Any) -> None:
    """Make the cache's table where it is missing."""
    call_command("createcachetable", database=using, verbosity=0)
