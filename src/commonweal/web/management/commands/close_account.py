"""`commonweal manage close_account`: somebody has left; their account opens to nobody until it is opened again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonweal.core.models import Person
from commonweal.web.security_events import note
from commonweal.web.sessions import end_sessions


class Command(BaseCommand):
    """What they wrote and their roles stay as they were; every sign-in, single sign-on too, is refused."""

    help = "Close an account and sign it out everywhere; --open-again opens it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("email", help="the account's e-mail address")
        parser.add_argument("--open-again", action="store_true", help="for somebody who came back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Close or open it, and say so."""
        person = Person.objects.filter(email__iexact=options["email"].strip()).first()
        if person is None:
            raise CommandError(f"No account has the address {options['email']}.")
        person.is_active = options["open_again"]
        person.save()
        if person.is_active:
            note("account opened again", None, person.pk)
            self.stdout.write("The account is open again.")
            return
        ended = end_sessions(person)
        note("account closed", None, person.pk)
        sessions = f"{ended} session{'' if ended == 1 else 's'}"
        self.stdout.write(f"The account is closed; {sessions} ended. End their roles too.")
