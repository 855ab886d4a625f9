"""Organisations take their seat, begin and stop signing off, and leave; why and when is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from commonweal.core import clock
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import (
    Organisation,
    OrganisationKind,
    Partnership,
    PartnershipOrganisation,
    PartnershipRole,
    SeatChange,
    SeatChangeKind,
    Verb,
)
from commonweal.core.permissions import Permission, Role
from commonweal.core.queries.organisations import findable
from commonweal.core.viewer import Viewer, require

CHANGED = {
    SeatChangeKind.SIGN_OFF_GIVEN: Verb.SIGN_OFF_GIVEN,
    SeatChangeKind.SIGN_OFF_ENDED: Verb.SIGN_OFF_ENDED,
    SeatChangeKind.LEFT: Verb.ORGANISATION_LEFT,
}


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
    """Sign-off given or ended, or the seat given up; leaving ends its people's roles at once."""
    require(by, Permission.MANAGE_PARTNERSHIP, seat.partnership_id)
    locked = PartnershipOrganisation.objects.select_for_update().get(pk=seat.pk)
    day = day or clock.today()
    _require_sensible(locked, what, day)
    if what is SeatChangeKind.LEFT:
        _leave(by, locked)
    else:
        locked.signs_off = what is SeatChangeKind.SIGN_OFF_GIVEN
    saved(locked)
    change = saved(SeatChange(
        partnership_id=locked.partnership_id, seat=locked, what=what, day=day, reason=reason.strip(),
        by_id=by.person,
    ))
    record_event(by=by, verb=CHANGED[what], subject=locked, partnership=locked.partnership_id)
    return change


def _require_sensible(seat: PartnershipOrganisation, what: SeatChangeKind, day: date) -> None:
    if seat.end is not None:
        raise Refused(f"{seat.organisation.name} has already left the partnership.")
    if day > clock.today():
        raise Refused("Give the day it was agreed: today or earlier. A change to come is made on its day.")
    if day < seat.start:
        raise Refused(f"{seat.organisation.name} joined on {seat.start:%-d %B %Y}. Give that day or a later one.")
    if what is not SeatChangeKind.LEFT and seat.signs_off == (what is SeatChangeKind.SIGN_OFF_GIVEN):
        raise Refused(
            f"{seat.organisation.name} already signs off." if seat.signs_off
            else f"{seat.organisation.name} does not sign off now."
        )


def _leave(by: Viewer, seat: PartnershipOrganisation) -> None:
    """End the roles held for it today; the seat's last day is never before the day after it began."""
    today = clock.today()
    roles = PartnershipRole.objects.filter(Q(end=None) | Q(end__gt=today), partnership=seat.partnership_id)
    others = roles.exclude(organisation=seat.organisation_id)
    if not others.filter(role=Role.ADMIN, start__lte=today, person__is_active=True).exists():
        raise Refused(
            "The partnership would have no administrator left. Make somebody of another organisation one first."
        )
    for role in roles.filter(organisation=seat.organisation_id):
        role.end = max(today, role.start)
        saved(role)
        record_event(by=by, verb=Verb.ROLE_ENDED, subject=role, partnership=seat.partnership_id)
    seat.signs_off = False
    seat.end = max(today, seat.start + timedelta(days=1))
