"""`commonweal manage read_only on`: all can be read and nothing is written, until `off`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from commonweal.core.read_only import WHY, begin_read_only, end_read_only
from commonweal.web.security_events import note


class Command(BaseCommand):
    """For a move, an upgrade or a fault; every process knows at once."""

    help = "Make the installation read-only, or let everything go on."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which, and what people are told."""
        parser.add_argument("state", choices=["on", "off"])
        parser.add_argument("--because", default=WHY, metavar="SENTENCE", help="what people are told")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what else to do."""
        var = Path(settings.VAR)
        if options["state"] == "on":
            begin_read_only(var, options["because"])
            note("made read-only", None)
            self.stdout.write("Pages and programs write nothing now. Stop the workers too, until it is off.")
            return
        was = end_read_only(var)
        note("read-only no more", None)
        self.stdout.write("Everything goes on. Start the workers." if was else "It was not read-only.")
