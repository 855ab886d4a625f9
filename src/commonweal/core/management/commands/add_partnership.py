"""`commonweal manage add_partnership`: a partnership, its first organisation and its first administrator."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation, create_partnership
from commonweal.core.actions.people import add_member, add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import CommonwealError
from commonweal.core.models import Organisation, OrganisationKind, Person
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM


class Command(BaseCommand):
    """Makes all of it or nothing."""

    help = "Make a partnership with its first organisation and administrator, who then adds the others."

    def add_arguments(self, parser: CommandParser) -> None:
        """What it is called, who starts it, who looks after it."""
        parser.add_argument("name", help="what the partnership is called")
        parser.add_argument("--organisation", required=True, help="its first organisation")
        parser.add_argument("--kind", default=OrganisationKind.DISTRICT, choices=OrganisationKind.values)
        parser.add_argument("--administrator", required=True, metavar="NAME", help="who looks after it")
        parser.add_argument("--email", required=True, help="the administrator's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and say how the administrator gets in."""
        try:
            self._make(options)
        except CommonwealError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{options['name']} is there. {options['administrator']} sets a password at /account/password/reset/ "
            f"with the address {options['email']}."
        )

    @transaction.atomic
    def _make(self, options: dict[str, Any]) -> None:
        known = Organisation.objects.filter(name=options["organisation"], example=False).first()
        organisation = known or create_organisation(
            by=SYSTEM, name=options["organisation"], kind=OrganisationKind(options["kind"])
        )
        partnership = create_partnership(by=SYSTEM, name=options["name"])
        add_organisation(by=SYSTEM, partnership=partnership, organisation=organisation, signs_off=True)
        person = Person.objects.filter(email__iexact=options["email"].strip()).first() or add_person(
            by=SYSTEM, email=options["email"], name=options["administrator"]
        )
        give_role(
            by=SYSTEM, partnership=partnership, person=person, organisation=organisation, role=Role.ADMIN
        )
        if not person.memberships.filter(organisation=organisation, end=None).exists():
            add_member(by=SYSTEM, person=person, organisation=organisation)
