"""`commonweal manage merge_councils`: organisations become one from a day, by a law; or one is divided in two."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonweal.core.actions.councils import Piece
from commonweal.core.errors import CommonwealError
from commonweal.core.models import Organisation, Person
from commonweal.core.viewer import SYSTEM
from commonweal.options.actions.passing import divide_council, merge_councils


class Command(BaseCommand):
    """The same as the page of the installation's staff."""

    help = "Merge organisations, or divide one (give one name and two --into)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which, into what, from when, by which law."""
        parser.add_argument("before", nargs="+", help="the organisations, by their exact names")
        parser.add_argument("--into", action="append", required=True, help="what they become; twice to divide one")
        parser.add_argument("--day", required=True, type=date.fromisoformat, help="the first day, as 2027-04-01")
        parser.add_argument("--law", required=True, help="the order, act or deed")
        parser.add_argument(
            "--second", nargs="*", default=[], metavar="ADDRESS", help="who goes to the second, of one divided",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it whole or not at all, and say so."""
        rows, into = [_named(name) for name in options["before"]], options["into"]
        try:
            if len(into) == 1:
                there = Organisation.objects.filter(name=into[0]).first()
                made = [merge_councils(
                    by=SYSTEM, before=rows, into=there or into[0], day=options["day"], law=options["law"]
                )]
            elif len(rows) == 1:
                people = Person.objects.filter(email__in=options["second"]).values_list("pk", flat=True)
                pieces = [Piece(into[0], frozenset()), *(Piece(name, frozenset(people)) for name in into[1:])]
                made = [*divide_council(
                    by=SYSTEM, before=rows[0], pieces=pieces, day=options["day"], law=options["law"]
                )]
            else:
                raise CommandError("Several become one, or one becomes several: not several of several.")
        except CommonwealError as error:
            raise CommandError(str(error)) from error
        names = " and ".join(one.name for one in made)
        self.stdout.write(f"From {options['day']:%-d %B %Y}: {names}.")


def _named(name: str) -> Organisation:
    found = Organisation.objects.filter(name=name)
    if found.count() != 1:
        raise CommandError(f"{found.count()} organisations are called {name}; one was expected.")
    return found.get()
