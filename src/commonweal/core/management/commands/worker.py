"""`commonweal manage worker`: the process that does long work."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from commonweal.core.jobs.worker import work


class Command(BaseCommand):
    """Runs until told to stop."""

    help = "Do long work (reading files, making documents) until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        """One choice."""
        parser.add_argument("--until-empty", action="store_true", help="stop when nothing waits")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        work(until_empty=options["until_empty"])
