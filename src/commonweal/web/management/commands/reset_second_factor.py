"""`commonweal manage reset_second_factor`: for somebody who lost the app and the recovery codes."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from commonweal.core.models import Person
from commonweal.web.security_events import note
from commonweal.web.sessions import end_sessions


class Command(BaseCommand):
    """Only after whoever asks was rung back on a number known before: docs/assurance/access.md says how."""

    help = "Take the second factor off an account, and sign it out everywhere. Ring its owner back first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and that the check was made."""
        parser.add_argument("email", help="the account's e-mail address")
        parser.add_argument("--rang-back", action="store_true", help="you know that it is they who ask")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Take it off and say what comes next."""
        if not options["rang_back"]:
            raise CommandError("Ring the person back on a number you knew before, then add --rang-back.")
        person = Person.objects.filter(email__iexact=options["email"].strip()).first()
        if person is None:
            raise CommandError(f"No account has the address {options['email']}.")
        taken, _ = Authenticator.objects.filter(user=person).delete()
        end_sessions(person)
        note("second factor taken off by the keeper", None, person.pk)
        self.stdout.write(
            "They sign in with their password and are led to set up a second factor anew."
            if taken else "There was no second factor. They were signed out everywhere."
        )
