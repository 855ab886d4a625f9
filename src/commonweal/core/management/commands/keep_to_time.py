"""`commonweal manage keep_to_time`: what has had its time goes, by its rule; try it first with --dry-run."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from commonweal.core.retention import keep_to_time, rehearse, rules


class Command(BaseCommand):
    """Says what is due by which rule; lets it go unless it is a dry run."""

    help = "Let go of what has had its time. The worker does it too. --dry-run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """A dry run."""
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say it, and do it."""
        dry = options["dry_run"]
        told = rehearse() if dry else keep_to_time()
        for one in rules():
            count = told.get(one.key)
            said = f"{count} {'would go' if dry else 'went'}"
            self.stdout.write(f"{one.words} {said if count is not None else 'Failed; the log says why'}.")
        self.stdout.write("Nothing was changed." if dry else "Done.")
