"""`commonweal manage add_staff`: somebody who looks after the installation itself, with a password typed here."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonweal.core.actions.people import add_person
from commonweal.core.errors import CommonwealError
from commonweal.core.models import Person
from commonweal.core.viewer import SYSTEM


class Command(BaseCommand):
    """One account; nothing where the address has one already."""

    help = "Make the account of a keeper of the installation. The password is asked for, or read from a pipe."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who it is."""
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for a password, and make the account."""
        password = self._password()
        try:
            validate_password(password, Person(email=options["email"], name=options["name"]))
            add_person(by=SYSTEM, email=options["email"], name=options["name"], password=password, staff=True)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except CommonwealError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['email']} signs in with it, and is then asked to link a second factor.")

    def _password(self) -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        first = getpass.getpass("Password (12 characters or more): ")
        if first != getpass.getpass("The same again: "):
            raise CommandError("The two differ. Nothing was made.")
        return first
