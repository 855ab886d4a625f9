"""An installation's partnerships as its staff see them: names, days and what came of what, no work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import (
    Partnership,
    PartnershipOrganisation,
    PartnershipPlace,
    PartnershipSuccession,
    SuccessionKind,
)
from commonweal.core.permissions import Permission
from commonweal.core.queries.councils import Heir, heirs_of, kept_from
from commonweal.core.queries.partnerships import partnership_for
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


@dataclass(frozen=True, slots=True)
class Earlier:
    """A partnership whose work goes on in another; `organisations` and `places` for those alone who sat in it."""

    id: UUID
    name: str
    began: date
    ended: date
    how: SuccessionKind
    became: tuple[str, ...]
    sat: bool
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """What came before a partnership, the latest first, and what it goes on as where its end is settled."""

    earlier: tuple[Earlier, ...]
    ends: date | None
    goes_on: tuple[str, ...]
    changed: tuple[tuple[str, Heir], ...] = ()


def lineage_of(viewer: Viewer, partnership: UUID) -> Lineage:
    """For everybody in it; NotFound for others. The viewer's own organisation opens what it sat in, no more."""
    partnership_for(viewer, partnership)
    row = Partnership.objects.prefetch_related("successors__after").get(pk=partnership)
    mine = _ours(viewer, partnership)
    found = tuple(_earlier(old, kind, mine, viewer.system) for old, kind in _before(partnership).items())
    return Lineage(
        tuple(sorted(found, key=lambda one: (one.ended, one.began, one.name), reverse=True)), row.end,
        tuple(sorted(link.after.name for link in row.successors.all())), _changed(partnership),
    )


def how_many_before(viewer: Viewer, partnership: UUID) -> int:
    """How many partnerships came before one that the viewer is in."""
    return len(_before(partnership)) if viewer.may(Permission.VIEW_PARTNERSHIP, partnership) else 0


def how_many_changed(viewer: Viewer, partnership: UUID) -> int:
    """How many organisations that sat in it went, or will go, into others."""
    if not viewer.may(Permission.VIEW_PARTNERSHIP, partnership):
        return 0
    seats = PartnershipOrganisation.objects.filter(partnership=partnership, organisation__heirs__isnull=False)
    return seats.values("organisation").distinct().count()


def _before(partnership: UUID) -> dict[UUID, SuccessionKind]:
    """The ids of all that came before, however far back."""
    found: dict[UUID, SuccessionKind] = {}
    reached = {partnership}
    while reached:
        links = PartnershipSuccession.objects.filter(after__in=reached).exclude(before__in=found)
        new = {link.before_id: SuccessionKind(link.kind) for link in links}
        found |= new
        reached = set(new)
    return found


def _ours(viewer: Viewer, partnership: UUID) -> frozenset[UUID]:
    """The organisation the viewer acts for, and those whose work went on in it."""
    acted = viewer.organisation_in(partnership)
    return frozenset((acted, *kept_from([acted], clock.today()).get(acted, ()))) if acted else frozenset()


def _changed(partnership: UUID) -> tuple[tuple[str, Heir], ...]:
    """The organisations that sat here and went, or will go, into others."""
    seats = PartnershipOrganisation.objects.filter(partnership=partnership, organisation__heirs__isnull=False)
    bodies = dict(seats.order_by("organisation__name").values_list("organisation_id", "organisation__name"))
    return tuple((name, heir) for key, name in bodies.items() for heir in heirs_of(key))


def _earlier(key: UUID, kind: SuccessionKind, mine: frozenset[UUID], system: bool) -> Earlier:
    row = Partnership.objects.prefetch_related("successors__after").get(pk=key)
    end = row.end or clock.today()
    last = end - timedelta(days=1)
    seats = PartnershipOrganisation.objects.on(last).filter(partnership=row)
    sat = system or seats.filter(organisation__in=mine).exists()
    places = PartnershipPlace.objects.on(last).filter(partnership=row)
    became = tuple(sorted(link.after.name for link in row.successors.all()))
    if not sat:
        return Earlier(row.pk, row.name, row.start, end, kind, became, sat)
    return Earlier(
        row.pk, row.name, row.start, end, kind, became, sat,
        tuple(seats.order_by("organisation__name").values_list("organisation__name", flat=True)),
        tuple(places.order_by("name", "id").values_list("name", flat=True)),
    )
