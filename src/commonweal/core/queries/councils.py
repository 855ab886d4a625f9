"""What organisations came from and went into: for their heirs' rights, for staff, and for whoever looks one up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import Membership, Organisation, OrganisationSuccession, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require


@dataclass(frozen=True, slots=True)
class Heir:
    """What one went into: its name, from which day, by which law, and whether it keeps what the first held."""

    id: UUID
    name: str
    day: date
    law: str
    keeps: bool
    to_come: bool


@dataclass(frozen=True, slots=True)
class Council:
    """An organisation as the installation's staff see it: what it came from and went into."""

    id: UUID
    name: str
    kind: str
    invented: bool
    came_from: tuple[Heir, ...]
    goes_on: tuple[Heir, ...]


@dataclass(frozen=True, slots=True)
class ToDivide:
    """One that goes on, and its people: who may go to which part."""

    id: UUID
    name: str
    invented: bool
    people: tuple[tuple[UUID, str], ...]


def kept_from(organisations: Iterable[UUID], day: date) -> Mapping[UUID, tuple[UUID, ...]]:
    """By organisation, all those whose own work it keeps on a day, however far back."""
    links = OrganisationSuccession.objects.filter(keeps=True, day__lte=day)
    before: dict[UUID, list[UUID]] = {}
    for old, new in links.order_by("id").values_list("before_id", "after_id"):
        before.setdefault(new, []).append(old)
    return {one: found for one in organisations if (found := _all_before(one, before))}


def _all_before(one: UUID, before: Mapping[UUID, list[UUID]]) -> tuple[UUID, ...]:
    found: dict[UUID, None] = {}
    waiting = [*before.get(one, ())]
    while waiting:
        old = waiting.pop(0)
        if old not in found:
            found[old] = None
            waiting += before.get(old, ())
    return tuple(found)


def heirs_of(organisation: UUID) -> tuple[Heir, ...]:
    """What an organisation went or is going into; who was merged with whom is public."""
    links = OrganisationSuccession.objects.filter(before=organisation).select_related("after")
    return tuple(_heir(link, link.after) for link in links.order_by("-keeps", "after__name", "id"))


def forerunners_of(organisation: UUID) -> tuple[Heir, ...]:
    """What an organisation came from."""
    links = OrganisationSuccession.objects.filter(after=organisation).select_related("before")
    return tuple(_heir(link, link.before) for link in links.order_by("before__name", "id"))


def _heir(link: OrganisationSuccession, other: Organisation) -> Heir:
    return Heir(other.pk, other.name, link.day, link.law, link.keeps, link.day > clock.today())


def councils_here(viewer: Viewer) -> tuple[Council, ...]:
    """Organisations that have a seat or had one and went into another, for staff; those that go on first."""
    require(viewer, Permission.CREATE_ORGANISATION)
    seated = set(PartnershipOrganisation.objects.values_list("organisation_id", flat=True))
    linked = {key for pair in OrganisationSuccession.objects.values_list("before_id", "after_id") for key in pair}
    links = [*OrganisationSuccession.objects.select_related("before", "after").order_by("before__name", "id")]
    found = [
        Council(
            row.pk, row.name, row.get_kind_display(), row.example,
            tuple(_heir(link, link.before) for link in links if link.after_id == row.pk),
            tuple(_heir(link, link.after) for link in links if link.before_id == row.pk),
        )
        for row in Organisation.objects.filter(pk__in=seated | linked).order_by("name", "id")
    ]
    return tuple(sorted(found, key=lambda one: bool(one.goes_on)))


def organisation_to_divide(viewer: Viewer, organisation: UUID) -> ToDivide:
    """One that goes on, with its people by name; NotFound where there is none."""
    require(viewer, Permission.CREATE_ORGANISATION)
    row = Organisation.objects.filter(pk=organisation, heirs=None).first()
    if row is None:
        raise NotFound("There is no such organisation, or what becomes of it is settled.")
    members = Membership.objects.on(clock.today()).filter(organisation=row, person__is_active=True)
    people = members.order_by("person__name", "person_id").values_list("person_id", "person__name")
    return ToDivide(row.pk, row.name, row.example, tuple(dict(people).items()))
