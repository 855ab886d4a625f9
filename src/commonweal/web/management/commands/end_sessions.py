"""`commonweal manage end_sessions`: sign a person out everywhere, or everybody."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonweal.core.models import Person
from commonweal.web.security_events import note
from commonweal.web.sessions import end_sessions


class Command(BaseCommand):
    """For the day an account may be in wrong hands, or a secret has got out."""

    help = "Sign somebody out of every browser, or everybody with --everybody."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom."""
        parser.add_argument("email", nargs="?", help="the account's e-mail address")
        parser.add_argument("--everybody", action="store_true", help="every session, links without account too")

    def handle(self, *args: Any, **options: Any) -> None:
        """End them and say how many there were."""
        if bool(options["email"]) == options["everybody"]:
            raise CommandError("Say whose sessions to end: an e-mail address, or --everybody.")
        person = None
        if options["email"]:
            person = Person.objects.filter(email__iexact=options["email"].strip()).first()
            if person is None:
                raise CommandError(f"No account has the address {options['email']}.")
        ended = end_sessions(person)
        note("signed out by the keeper", None, person.pk if person else "everybody")
        self.stdout.write(f"{ended} session{'' if ended == 1 else 's'} ended.")
