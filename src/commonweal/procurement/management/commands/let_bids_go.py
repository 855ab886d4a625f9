"""`commonweal manage let_bids_go`: what bidders wrote goes once its time is over; try it first with --dry-run."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from commonweal.core import clock
from commonweal.policy.keeping import keeping
from commonweal.procurement.actions.letting_go import due_to_go, let_bids_go


class Command(BaseCommand):
    """Says what is due by which rule; lets it go unless it is a dry run."""

    help = "Let go of what bidders wrote, by its rule of keeping. The worker does it too, once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        """A dry run."""
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say it, and do it."""
        due = due_to_go(clock.today())
        for rule in keeping().values():
            self.stdout.write(f"{rule.words} {rule.citation} ({rule.standing}).")
        counted = Counter((one.bid.competition_id, one.rule.key) for one in due)
        titles = {one.bid.competition_id: one.bid.competition.commission.title for one in due}
        for (competition, key), count in sorted(counted.items(), key=str):
            self.stdout.write(f"{titles[competition]}: {count} ({key})")
        if options["dry_run"]:
            self.stdout.write(f"{len(due)} would go. Nothing was changed.")
            return
        self.stdout.write(f"{let_bids_go()} let go.")
