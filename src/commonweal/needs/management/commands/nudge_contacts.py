"""`commonweal manage nudge_contacts`: this week's e-mails about lapsed contacts, where no worker runs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commonweal.core import clock
from commonweal.needs.actions.nudges import nudge_all, nudge_week


class Command(BaseCommand):
    """Sends what has not been sent this week."""

    help = "Send this week's e-mails about lapsed contacts. Nobody gets two in a week; the worker does it too."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say how many."""
        week = nudge_week(clock.now())
        if week is None:
            self.stdout.write("It is too early today. Nothing was sent.")
            return
        sent, failed = nudge_all(week)
        self.stdout.write(f"{sent} sent.")
        if failed:
            raise CommandError(f"{failed} could not be sent. Mend the mail settings, then run this again.")
