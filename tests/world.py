"""A small world for tests: two partnerships that never see each other, a person a role, and the invented one."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation, add_place, create_partnership
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.models import Organisation, OrganisationKind, Partnership, Person
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM


@dataclass(frozen=True)
class World:
    council: Organisation
    partnership: Partnership
    people: dict[Role, Person]
    other_council: Organisation
    other_partnership: Partnership
    outsider: Person
    staff: Person
    loner: Person
    invented: Partnership
    invented_person: Person

    def admin(self) -> Person:
        return self.people[Role.ADMIN]


def build_world() -> World:
    """Made by actions alone."""
    council, partnership = _partnership("Testshire District Council", "Testshire together")
    other_council, other = _partnership("Otherham Borough Council", "Otherham partners")
    example_council, invented = _partnership("Larkmere Council", "Larkmere together", example=True)
    people = {role: _person(f"{role.value}@testshire.gov.uk", f"Pat {role.label}") for role in Role}
    for role, person in people.items():
        give_role(by=SYSTEM, partnership=partnership, person=person, organisation=council, role=role)
    outsider = _person("admin@otherham.gov.uk", "Oli Outsider")
    give_role(by=SYSTEM, partnership=other, person=outsider, organisation=other_council, role=Role.ADMIN)
    made_up = _person("jo@example.com", "Jo Invented", example=True)
    give_role(by=SYSTEM, partnership=invented, person=made_up, organisation=example_council, role=Role.ADMIN)
    add_place(
        by=SYSTEM, partnership=partnership, kind="district", code="E07000999", vintage=2024, name="Testshire"
    )
    return World(
        council, partnership, people, other_council, other, outsider,
        _person("staff@host.gov.uk", "Sam Staff", staff=True), _person("loner@host.gov.uk", "Lee Loner"),
        invented, made_up,
    )


def signed_in(person: Person, *, second_factor: bool = True) -> Client:
    """A browser in which the person has signed in, with a second factor unless they are invented."""
    if second_factor and not person.example and not Authenticator.objects.filter(user=person).exists():
        TOTP.activate(person, generate_totp_secret())
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _partnership(council: str, name: str, *, example: bool = False) -> tuple[Organisation, Partnership]:
    organisation = create_organisation(by=SYSTEM, name=council, kind=OrganisationKind.DISTRICT, example=example)
    partnership = create_partnership(by=SYSTEM, name=name, invented=example)
    add_organisation(by=SYSTEM, partnership=partnership, organisation=organisation, signs_off=True)
    return organisation, partnership


def _person(email: str, name: str, *, staff: bool = False, example: bool = False) -> Person:
    return add_person(by=SYSTEM, email=email, name=name, staff=staff, example=example)
