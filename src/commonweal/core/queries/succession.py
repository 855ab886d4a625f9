"""An installation's partnerships as its staff see them: names, days and what came of what, no work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import Partnership, PartnershipOrganisation, PartnershipPlace
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require


@dataclass(frozen=True, slots=True)
class Kept:
    """A partnership, when it is or was, and what it came from and goes on as."""

    id: UUID
    name: str
    invented: bool
    start: date
    end: date | None
    ended: bool
    came_from: tuple[str, ...]
    goes_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToSplit:
    """What has to be shared out when one is split."""

    id: UUID
    name: str
    invented: bool
    organisations: tuple[tuple[UUID, str], ...]
    places: tuple[tuple[UUID, str], ...]


def partnerships_here(viewer: Viewer) -> tuple[Kept, ...]:
    """All of them, for staff; those that go on first."""
    require(viewer, Permission.CREATE_PARTNERSHIP)
    rows = Partnership.objects.prefetch_related("successors__after", "predecessors__before")
    today = clock.today()
    found = [
        Kept(
            row.pk, row.name, row.invented, row.start, row.end, row.end is not None and row.end <= today,
            tuple(sorted(link.before.name for link in row.predecessors.all())),
            tuple(sorted(link.after.name for link in row.successors.all())),
        )
        for row in rows.order_by("name", "id")
    ]
    return tuple(sorted(found, key=lambda one: one.ended))


def partnership_to_split(viewer: Viewer, partnership: UUID) -> ToSplit:
    """One that goes on, with its organisations and places by name; NotFound where there is none."""
    require(viewer, Permission.CREATE_PARTNERSHIP)
    row = Partnership.objects.filter(pk=partnership, end=None).first()
    if row is None:
        raise NotFound("There is no such partnership, or its end is already settled.")
    seats = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=row, end=None)
    places = PartnershipPlace.objects.on(clock.today()).filter(partnership=row, end=None)
    return ToSplit(
        row.pk, row.name, row.invented,
        tuple(seats.order_by("organisation__name").values_list("organisation_id", "organisation__name")),
        tuple(places.order_by("name", "id").values_list("pk", "name")),
    )
