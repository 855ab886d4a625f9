"""Organisations take their seat, begin and stop signing off, and leave; why and when is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from commonweal.core import clock
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.actions.roles import heads
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import (
    Organisation,
    OrganisationKind,
    OrganisationSuccession,
    Partnership,
    PartnershipOrganisation,
    PartnershipRole,
    SeatChange,
    SeatChangeKind,
    Verb,
)
from commonweal.core.models.seats import has_left
from commonweal.core.permissions import Permission, Role
from commonweal.core.queries.organisations import findable
from commonweal.core.viewer import Viewer, require

CHANGED = {
    SeatChangeKind.SIGN_OFF_GIVEN: Verb.SIGN_OFF_GIVEN,
    SeatChangeKind.SIGN_OFF_ENDED: Verb.SIGN_OFF_ENDED,
    SeatChangeKind.LEFT: Verb.ORGANISATION_LEFT,
}

FORESEEN = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What is asked of an organisation that nobody entered yet."""

    name: str
    kind: OrganisationKind


@transaction.atomic
def seat_new_organisation(
    *, by: Viewer, partnership: Partnership, new: NewOrganisation, signs_off: bool = False
) -> PartnershipOrganisation:
    """An organisation nobody entered yet, made by a partnership's administrator and given its seat."""
    require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    name = " ".join(new.name.split())
    known = findable(by, partnership).filter(name__iexact=name).first()
    if known is not None:
        raise Refused(f"{known.name} is already known here. Look for it by name and choose it from the list.")
    organisation = saved(Organisation(name=name, kind=new.kind, example=partnership.invented))
    record_event(
        by=by, verb=Verb.ORGANISATION_CREATED, subject=organisation, partnership=partnership.pk
    )
    return add_organisation(by=by, partnership=partnership, organisation=organisation, signs_off=signs_off)


@transaction.atomic
def seat_known_organisation(
    *, by: Viewer, partnership: Partnership, organisation: Organisation, signs_off: bool = False
) -> PartnershipOrganisation:
    """A seat for an organisation that the viewer may find; one of other partnerships alone is not to be found."""
    require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    if not findable(by, partnership).filter(pk=organisation.pk).exists():
        raise NotFound("There is no such organisation to choose. Look for it by name, or enter it anew.")
    return add_organisation(by=by, partnership=partnership, organisation=organisation, signs_off=signs_off)


@transaction.atomic
def change_seat(
    *, by: Viewer, seat: PartnershipOrganisation, what: SeatChangeKind, reason: str, day: date | None = None
) -> SeatChange:
    """Sign-off given or ended, or the seat given up: on a day to come if one is given, else now."""
    require(by, Permission.MANAGE_PARTNERSHIP, seat.partnership_id)
    locked = PartnershipOrganisation.objects.select_for_update().get(pk=seat.pk)
    if what is not SeatChangeKind.SIGN_OFF_GIVEN:
        _require_its_own(by, locked)
    day = day or clock.today()
    _require_sensible(locked, what, day)
    if what is SeatChangeKind.LEFT:
        _leave(by, locked, day)
    elif day > max(clock.today(), locked.start):
        _sign_from(locked, day)
    else:
        locked.signs_off = not locked.signs_off
    saved(locked)
    change = saved(SeatChange(
        partnership_id=locked.partnership_id, seat=locked, what=what, day=day, reason=reason.strip(),
        by_id=by.person,
    ))
    record_event(by=by, verb=CHANGED[what], subject=locked, partnership=locked.partnership_id)
    return change


@transaction.atomic
def call_off_change(*, by: Viewer, change: SeatChange) -> None:
    """Undo a change before its day: the seat, and the roles that would have ended with it, go on as they were."""
    require(by, Permission.MANAGE_PARTNERSHIP, change.partnership_id)
    locked = SeatChange.objects.select_for_update().get(pk=change.pk)
    seat = PartnershipOrganisation.objects.select_for_update().get(pk=locked.seat_id)
    if locked.by_id is None or locked.by_id != by.person:
        _require_its_own(by, seat)
    if locked.called_off or locked.day <= clock.today():
        raise Refused("Only a change to come can be called off. This one took effect or was called off.")
    if link := OrganisationSuccession.objects.filter(before=seat.organisation_id, keeps=True).first():
        raise Refused(
            f"{seat.organisation.name} goes into {link.after.name}: its seat ends on {link.day:%-d %B %Y}."
        )
    if locked.what == SeatChangeKind.LEFT:
        roles = PartnershipRole.objects.filter(partnership=seat.partnership_id, organisation=seat.organisation_id)
        for role in roles.filter(end__gte=seat.end):
            role.end = None
            saved(role)
    else:
        PartnershipOrganisation.objects.get(
            partnership=seat.partnership_id, organisation=seat.organisation_id, start=locked.day
        ).delete()
    seat.end, locked.called_off = None, clock.now()
    saved(seat)
    saved(locked)
    record_event(
        by=by, verb=Verb.SEAT_CHANGE_CALLED_OFF, subject=seat, partnership=seat.partnership_id
    )


def _require_its_own(by: Viewer, seat: PartnershipOrganisation) -> None:
    """Only those whose voice it is take it away; the others may once nobody is left to do it."""
    if not heads(by, seat.partnership, seat.organisation):
        raise NotAllowed(
            f"Only an administrator of {seat.organisation.name} ends its sign-off or takes it out. "
            "If nobody there answers, ask whoever runs this service."
        )


def _require_sensible(seat: PartnershipOrganisation, what: SeatChangeKind, day: date) -> None:
    name, today = seat.organisation.name, clock.today()
    if has_left(seat):
        raise Refused(f"{name} has already left the partnership.")
    if seat.end is not None:
        raise Refused(f"A change from {seat.end:%-d %B %Y} is already agreed. Call it off first.")
    if day > today + FORESEEN:
        raise Refused("Give a day within the next two years.")
    if day < seat.start:
        raise Refused(f"{name} joined on {seat.start:%-d %B %Y}. Give that day or a later one.")
    if day < today:
        raise Refused("Give today or a later day. What was signed before today stands.")
    if what is not SeatChangeKind.LEFT and seat.signs_off == (what is SeatChangeKind.SIGN_OFF_GIVEN):
        raise Refused(f"{name} already signs off." if seat.signs_off else f"{name} does not sign off now.")


def _sign_from(seat: PartnershipOrganisation, day: date) -> None:
    """The seat as it is ends on the day, and goes on from then with the other sign-off."""
    saved(PartnershipOrganisation(
        partnership_id=seat.partnership_id, organisation_id=seat.organisation_id, signs_off=not seat.signs_off,
        start=day,
    ))
    seat.end = day


def _leave(by: Viewer, seat: PartnershipOrganisation, day: date) -> None:
    """The seat and the roles held for it end on the day, or today; a seat lasts a day at least."""
    last = max(day, clock.today())
    roles = PartnershipRole.objects.filter(Q(end=None) | Q(end__gt=last), partnership=seat.partnership_id)
    others = roles.exclude(organisation=seat.organisation_id)
    if not others.filter(role=Role.ADMIN, start__lte=last, person__is_active=True).exists():
        raise Refused(
            "The partnership would have no administrator left. Make somebody of another organisation one first."
        )
    for role in roles.filter(organisation=seat.organisation_id):
        role.end = max(last, role.start)
        saved(role)
        record_event(by=by, verb=Verb.ROLE_ENDED, subject=role, partnership=seat.partnership_id)
    if last == clock.today():
        seat.signs_off = False
    seat.end = max(last, seat.start + timedelta(days=1))
