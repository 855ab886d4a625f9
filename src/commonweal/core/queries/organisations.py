"""An organisation as one partnership sees it, and the organisations that may be chosen to join one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import (
    Organisation,
    OrganisationIdentifier,
    Partnership,
    PartnershipOrganisation,
    PartnershipRole,
    SeatChange,
    SeatChangeKind,
)
from commonweal.core.models.partnerships import DatedRecordQuerySet
from commonweal.core.models.seats import has_left
from commonweal.core.permissions import Permission, Role
from commonweal.core.purpose import Purpose
from commonweal.core.queries.departments import DepartmentLine, departments_in
from commonweal.core.viewer import Viewer

SHOWN = 20
TO_COME = {
    SeatChangeKind.SIGN_OFF_GIVEN: "It begins to sign off what is agreed",
    SeatChangeKind.SIGN_OFF_ENDED: "It stops signing off what is agreed",
    SeatChangeKind.LEFT: "It leaves the partnership",
}


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
class Coming:
    """A change to its seat that is agreed for a day to come."""

    id: UUID
    day: date
    what: str


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
    coming: Coming | None
    departments: tuple[DepartmentLine, ...]
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
    today = clock.today()
    seats = [*_seats(viewer, partnership).filter(organisation=organisation).select_related("organisation")
             .order_by("start")]
    if not seats:
        raise NotFound("There is no such organisation in this partnership.")
    seat = next((one for one in seats if one.span.holds(today)), seats[-1])
    return OrganisationPage(
        id=organisation, seat=seat.pk, name=seat.organisation.name, kind=seat.organisation.get_kind_display(),
        signs_off=seat.signs_off, since=_since(seats, seat),
        ended=seat.end if has_left(seat) else None, coming=_coming(viewer, seats),
        departments=departments_in(viewer, partnership, organisation),
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


def _since(seats: list[PartnershipOrganisation], seat: PartnershipOrganisation) -> date:
    """When it took the seat it has: changes of sign-off are one seat going on."""
    since: date = seat.start
    for one in sorted(seats, key=lambda one: one.start, reverse=True):
        since = one.start if one.end == since else since
    return since


def _coming(viewer: Viewer, seats: list[PartnershipOrganisation]) -> Coming | None:
    changes = SeatChange.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    row = changes.filter(seat__in=seats, day__gt=clock.today(), called_off=None).first()
    return Coming(row.pk, row.day, TO_COME[SeatChangeKind(row.what)]) if row else None


def _history(viewer: Viewer, partnership: UUID, organisation: UUID) -> tuple[SeatLine, ...]:
    """The newest first; each time it joined stands at the foot of what followed."""
    seats = _seats(viewer, partnership).filter(organisation=organisation)
    ends = {seat.end for seat in seats}
    joined = [
        (seat.start, 0, SeatLine(seat.start, "Joined the partnership", "", ""))
        for seat in seats if seat.start not in ends
    ]
    rows = SeatChange.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(seat__in=seats)
    rows = rows.filter(Q(day__lte=clock.today()) | Q(called_off__isnull=False))
    changes = [
        (row.day, place, SeatLine(row.day, _said(row), row.reason, row.by.name if row.by else ""))
        for place, row in enumerate(rows.select_related("by").order_by("id"), start=1)
    ]
    return tuple(line for _, _, line in sorted([*joined, *changes], key=lambda one: one[:2], reverse=True))


def _said(row: SeatChange) -> str:
    kind = SeatChangeKind(row.what)
    return f"Called off: {TO_COME[kind].lower()}" if row.called_off else str(kind.label)
