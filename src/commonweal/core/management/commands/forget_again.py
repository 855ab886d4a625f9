"""`commonweal manage forget_again`: after a backup is restored, forget again everybody who had been forgotten."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from commonweal.core.actions.people import replay_tombstones


class Command(BaseCommand):
    """Replays the tombstones."""

    help = "After restoring a backup, before anybody signs in: forget again whoever had been forgotten."

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget, and say how many."""
        self.stdout.write(f"{replay_tombstones()} forgotten again.")
