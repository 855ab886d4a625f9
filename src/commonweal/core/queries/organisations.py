"""An organisation as one partnership sees it, and the organisations that may be chosen to join one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import (
    Department,
    Organisation,
    OrganisationIdentifier,
    Partnership,
    PartnershipOrganisation,
    PartnershipRole,
    SeatChange,
    SeatChangeKind,
)
from commonweal.core.models.partnerships import DatedRecordQuerySet
from commonweal.core.permissions import Permission, Role
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Match:
    """An organisation that may be chosen."""

    id: UUID
    name: str
    kind: str
    identifiers: tuple[str, ...]
    seated: bool


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One thing that happened to a seat."""

    day: date
    what: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody who takes part for it."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """One organisation within one partnership."""

    id: UUID
    seat: UUID
    name: str
    kind: str
    signs_off: bool
    since: date
    ended: date | None
    departments: tuple[str, ...]
    people: tuple[PersonLine, ...]
    identifiers: tuple[tuple[str, str], ...]
    history: tuple[SeatLine, ...]


def findable(viewer: Viewer, partnership: Partnership) -> QuerySet[Organisation]:
    """Those a viewer may be shown by name: of their own partnerships, or of none; never of others' alone."""
    same = Organisation.objects.filter(example=partnership.invented)
    if viewer.system or viewer.staff:
        return same
    seated = PartnershipOrganisation.objects.all()
    own = seated.filter(partnership__in=viewer.partnerships())
    return same.filter(Q(pk__in=own.values("organisation")) | ~Q(pk__in=seated.values("organisation")))


def organisations_called(viewer: Viewer, partnership: UUID, words: str) -> tuple[Match, ...]:
    """The findable organisations whose name holds every word, or that have exactly this number or code."""
    row = Partnership.objects.filter(pk=partnership).first()
    if row is None or not viewer.may(Permission.MANAGE_PARTNERSHIP, partnership):
        raise NotFound("There is no such partnership, or you are not in it.")
    asked = Q()
    for word in words.split():
        asked &= Q(name__icontains=word)
    numbered = OrganisationIdentifier.objects.on(clock.today()).filter(value__iexact=words.strip())
    found = findable(viewer, row).filter(asked | Q(pk__in=numbered.values("organisation")))
    seated = set(_seats(viewer, partnership).on(clock.today()).values_list("organisation_id", flat=True))
    return tuple(
        Match(one.pk, one.name, one.get_kind_display(), _numbers(one), one.pk in seated)
        for one in found.order_by("name", "id")[:SHOWN]
    )


def organisation_in_partnership(viewer: Viewer, partnership: UUID, organisation: UUID) -> OrganisationPage:
    """One organisation that has, or had, a seat here; NotFound for everybody else."""
    seats = _seats(viewer, partnership).filter(organisation=organisation).select_related("organisation")
    seat = seats.order_by("-start").first()
    if seat is None:
        raise NotFound("There is no such organisation in this partnership.")
    today = clock.today()
    return OrganisationPage(
        id=organisation, seat=seat.pk, name=seat.organisation.name, kind=seat.organisation.get_kind_display(),
        signs_off=seat.signs_off, since=seat.start, ended=seat.end,
        departments=tuple(
            Department.objects.filter(organisation=organisation).order_by("name").values_list("name", flat=True)
        ),
        people=_people(viewer, partnership, organisation),
        identifiers=tuple(
            OrganisationIdentifier.objects.on(today).filter(organisation=organisation).order_by("scheme")
            .values_list("scheme", "value")
        ),
        history=_history(viewer, partnership, organisation),
    )


def _seats(viewer: Viewer, partnership: UUID) -> DatedRecordQuerySet:
    seen: DatedRecordQuerySet = PartnershipOrganisation.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    return seen.filter(partnership=partnership)


def _numbers(organisation: Organisation) -> tuple[str, ...]:
    held = OrganisationIdentifier.objects.on(clock.today()).filter(organisation=organisation).order_by("scheme")
    return tuple(str(one) for one in held)


def _people(viewer: Viewer, partnership: UUID, organisation: UUID) -> tuple[PersonLine, ...]:
    seen = PartnershipRole.objects.visible_to(viewer, Purpose.ADMINISTRATION).on(clock.today())
    rows = seen.filter(partnership=partnership, organisation=organisation).select_related("person")
    return tuple(
        PersonLine(row.person.name, Role(row.role).label) for row in rows.order_by("person__name", "role")
    )


def _history(viewer: Viewer, partnership: UUID, organisation: UUID) -> tuple[SeatLine, ...]:
    """The newest first; each time it joined stands at the foot of what followed."""
    seats = _seats(viewer, partnership).filter(organisation=organisation)
    joined = [(seat.start, 0, SeatLine(seat.start, "Joined the partnership", "", "")) for seat in seats]
    rows = SeatChange.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(seat__in=seats)
    changes = [
        (row.day, place, SeatLine(
            row.day, str(SeatChangeKind(row.what).label), row.reason, row.by.name if row.by else ""
        ))
        for place, row in enumerate(rows.select_related("by").order_by("id"), start=1)
    ]
    return tuple(line for _, _, line in sorted([*joined, *changes], key=lambda one: one[:2], reverse=True))
