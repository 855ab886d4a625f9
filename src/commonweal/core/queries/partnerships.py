"""What the partnership's home shows: its places, its people's organisations, what waits for the viewer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import (
    Partnership,
    PartnershipOrganisation,
    PartnershipPlace,
    PartnershipRole,
)
from commonweal.core.permissions import Role
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PartnershipCard:
    """A partnership in a list."""

    id: UUID
    name: str
    invented: bool


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place of a partnership."""

    id: UUID
    name: str
    kind: str
    code: str
    vintage: int


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Somebody in a partnership, and what they do in it."""

    role_id: UUID
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class SeatCard:
    """An organisation in a partnership, with its people."""

    id: UUID
    name: str
    kind: str
    signs_off: bool
    people: tuple[PersonCard, ...]


@dataclass(frozen=True, slots=True)
class PartnershipView:
    """One partnership as one viewer sees it."""

    id: UUID
    name: str
    invented: bool
    places: tuple[PlaceCard, ...]
    seats: tuple[SeatCard, ...]
    my_roles: tuple[str, ...]


def partnerships_of(viewer: Viewer) -> tuple[PartnershipCard, ...]:
    """The partnerships the viewer takes part in, by name."""
    rows = Partnership.objects.on(clock.today()).filter(pk__in=viewer.partnerships()).order_by("name", "id")
    return tuple(PartnershipCard(row.pk, row.name, row.invented) for row in rows)


def partnership_for(viewer: Viewer, partnership: UUID) -> PartnershipView:
    """One partnership; NotFound where there is none or the viewer has no part in it."""
    row = Partnership.objects.filter(pk=partnership).first()
    if row is None or not (viewer.system or partnership in viewer.partnerships()):
        raise NotFound("There is no such partnership, or you are not in it.")
    return PartnershipView(
        id=row.pk, name=row.name, invented=row.invented, places=_places(viewer, partnership),
        seats=_seats(viewer, partnership),
        my_roles=tuple(str(role.label) for role in (g.role for g in viewer.deeds_in(partnership))),
    )


def _places(viewer: Viewer, partnership: UUID) -> tuple[PlaceCard, ...]:
    seen = PartnershipPlace.objects.visible_to(viewer, Purpose.ADMINISTRATION).on(clock.today())
    rows = seen.filter(partnership=partnership).order_by("name", "id")
    return tuple(PlaceCard(row.pk, row.name, row.kind, row.code, row.vintage) for row in rows)


def _seats(viewer: Viewer, partnership: UUID) -> tuple[SeatCard, ...]:
    seen = PartnershipOrganisation.objects.visible_to(viewer, Purpose.ADMINISTRATION).on(clock.today())
    seats = seen.filter(partnership=partnership).select_related("organisation").order_by("organisation__name")
    people = _people(viewer, partnership)
    return tuple(
        SeatCard(
            seat.organisation_id, seat.organisation.name, seat.organisation.get_kind_display(), seat.signs_off,
            people.get(seat.organisation_id, ()),
        )
        for seat in seats
    )


def _people(viewer: Viewer, partnership: UUID) -> dict[UUID, tuple[PersonCard, ...]]:
    seen = PartnershipRole.objects.visible_to(viewer, Purpose.ADMINISTRATION).on(clock.today())
    rows = seen.filter(partnership=partnership).select_related("person").order_by("person__name", "role")
    found: dict[UUID, tuple[PersonCard, ...]] = {}
    for row in rows:
        card = PersonCard(row.pk, row.person.name, Role(row.role).label)
        found[row.organisation_id] = (*found.get(row.organisation_id, ()), card)
    return found
