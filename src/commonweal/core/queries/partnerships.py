"""What the partnership's home shows: its places, its people's organisations, what waits for the viewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from commonweal.core import clock
from commonweal.core.asked_once import asked_once
from commonweal.core.errors import NotFound, PartnershipEnded
from commonweal.core.models import (
    Partnership,
    PartnershipOrganisation,
    PartnershipPlace,
    PartnershipRole,
    SuccessionKind,
)
from commonweal.core.permissions import Permission, Role
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

    def administrators(self, organisation: UUID | None = None) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each organisation that has any, or the one named, with who gives roles, writes agreements and signs."""
        title = str(Role.ADMIN.label)
        seats = [seat for seat in self.seats if organisation in (None, seat.id)]
        found = ((seat.name, tuple(one.name for one in seat.people if one.role == title)) for seat in seats)
        return tuple((name, people) for name, people in found if people)

    def signers(self, viewer: Viewer) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Who signs for the viewer's own organisation, where the viewer does not."""
        own = viewer.organisation_in(self.id)
        return self.administrators(own) if own and not viewer.may(Permission.AGREE, self.id) else ()


@dataclass(frozen=True, slots=True)
class GoesOn:
    """A partnership in which an ended one's work goes on; `mine` where the viewer is in it."""

    id: UUID
    name: str
    mine: bool


@dataclass(frozen=True, slots=True)
class EndedPartnership:
    """What is still said of a partnership that has ended: nothing of its work."""

    id: UUID
    name: str
    invented: bool
    began: date
    ended: date
    how: SuccessionKind | None
    goes_on: tuple[GoesOn, ...]


def partnerships_of(viewer: Viewer) -> tuple[PartnershipCard, ...]:
    """The partnerships the viewer takes part in, by name."""
    rows = Partnership.objects.on(clock.today()).filter(pk__in=viewer.partnerships()).order_by("name", "id")
    return tuple(PartnershipCard(row.pk, row.name, row.invented) for row in rows)


@asked_once
def partnership_for(viewer: Viewer, partnership: UUID) -> PartnershipView:
    """One partnership; NotFound where there is none or the viewer has no part in it."""
    row = Partnership.objects.filter(pk=partnership).first()
    if row is None or not (viewer.system or partnership in viewer.partnerships()):
        if partnership in _were_in(viewer):
            raise PartnershipEnded(partnership)
        raise NotFound("There is no such partnership, or you are not in it.")
    return PartnershipView(
        id=row.pk, name=row.name, invented=row.invented, places=_places(viewer, partnership),
        seats=_seats(viewer, partnership),
        my_roles=tuple(str(role.label) for role in (g.role for g in viewer.deeds_in(partnership))),
    )


def ended_partnership(viewer: Viewer, partnership: UUID) -> EndedPartnership:
    """What it was and what goes on, for those who were in it to the last; NotFound for others."""
    row = Partnership.objects.filter(pk=partnership).first()
    if row is None or row.end is None or partnership not in _were_in(viewer):
        raise NotFound("There is no such partnership, or you are not in it.")
    links = row.successors.select_related("after").order_by("after__name", "after__id")
    return EndedPartnership(
        id=row.pk, name=row.name, invented=row.invented, began=row.start, ended=row.end,
        how=next((SuccessionKind(link.kind) for link in links), None),
        goes_on=tuple(
            GoesOn(link.after_id, link.after.name, link.after_id in viewer.partnerships()) for link in links
        ),
    )


def ended_partnerships_of(viewer: Viewer) -> tuple[PartnershipCard, ...]:
    """The ended partnerships the viewer was in to the last, by name."""
    rows = Partnership.objects.filter(pk__in=_were_in(viewer)).order_by("name", "id")
    return tuple(PartnershipCard(row.pk, row.name, row.invented) for row in rows)


def _were_in(viewer: Viewer) -> frozenset[UUID]:
    """The ended partnerships in which the viewer had a role on the last day."""
    if viewer.person is None:
        return frozenset()
    ended = PartnershipRole.objects.filter(person=viewer.person, partnership__end__lte=clock.today())
    last = ended.filter(Q(end=None) | Q(end__gte=F("partnership__end")), start__lt=F("partnership__end"))
    return frozenset(last.values_list("partnership_id", flat=True))


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
