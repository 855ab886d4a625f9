"""A person's own account, and the example's people to try things as."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import Membership, PartnershipRole, Person
from commonweal.core.permissions import Role
from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role, said in full."""

    partnership: str
    organisation: str
    role: str


@dataclass(frozen=True, slots=True)
class Account:
    """A person's own page."""

    id: UUID
    name: str
    email: str
    staff: bool
    example: bool
    memberships: tuple[str, ...]
    roles: tuple[RoleLine, ...]


@dataclass(frozen=True, slots=True)
class ExamplePerson:
    """Somebody invented, to look through the eyes of."""

    id: UUID
    name: str
    email: str
    roles: tuple[RoleLine, ...]


def account_of(viewer: Viewer) -> Account:
    """The viewer's own account."""
    person = Person.objects.filter(pk=viewer.person).first() if viewer.person else None
    if person is None:
        raise NotFound("Sign in to see your account.")
    held = Membership.objects.on(clock.today()).filter(person=person).select_related("organisation")
    return Account(
        id=person.pk, name=person.name, email=person.email, staff=person.is_staff, example=person.example,
        memberships=tuple(m.organisation.name for m in held.order_by("organisation__name")),
        roles=_roles(person),
    )


def example_people() -> tuple[ExamplePerson, ...]:
    """The invented people who can sign in."""
    people = Person.objects.filter(example=True, is_active=True).order_by("name")
    return tuple(ExamplePerson(person.pk, person.name, person.email, _roles(person)) for person in people)


def _roles(person: Person) -> tuple[RoleLine, ...]:
    held = PartnershipRole.objects.on(clock.today()).filter(person=person)
    rows = held.select_related("partnership", "organisation").order_by("partnership__name", "role")
    return tuple(RoleLine(row.partnership.name, row.organisation.name, Role(row.role).label) for row in rows)
