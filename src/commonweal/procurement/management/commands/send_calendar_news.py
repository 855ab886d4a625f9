"""`commonweal manage send_calendar_news`: the weekly news of coming commissions, where no worker runs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commonweal.procurement.actions.chances import send_chances
from commonweal.procurement.actions.subscribing import Told, send_digests


class Command(BaseCommand):
    """Sends what is due."""

    help = "Send news of coming commissions to whoever asked. Nobody gets two in a week; the worker does it too."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say how many."""
        calendar, chances = send_digests(), send_chances()
        told = Told(calendar.sent + chances.sent, calendar.failed + chances.failed)
        self.stdout.write(f"{told.sent} sent.")
        if told.failed:
            raise CommandError(f"{told.failed} could not be sent. Mend the mail settings, then run this again.")
