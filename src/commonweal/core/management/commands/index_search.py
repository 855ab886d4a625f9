"""`commonweal manage index_search`: the search's index, made anew from the records."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from commonweal.core.search.indexing import rebuild


class Command(BaseCommand):
    """Makes the index anew."""

    help = "Make the search's index anew. It keeps itself up to date; this is for after a restore or an upgrade."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and say how many entries it has."""
        self.stdout.write(f"{rebuild()} can be found.")
