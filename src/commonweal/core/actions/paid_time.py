"""Paid time of voluntary organisations is written down, and taken back where it was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.recording import in_turn, record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import (
    Organisation,
    OrganisationKind,
    PaidTime,
    Partnership,
    PartnershipOrganisation,
    VatBasis,
    Verb,
)
from commonweal.core.money import financial_year
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require

VOLUNTARY = (OrganisationKind.THIRD_SECTOR, OrganisationKind.INFRASTRUCTURE)


@dataclass(frozen=True, slots=True)
class Time:
    """What is said of it: from the first to the last day, both counted."""

    purpose: str
    hours: Decimal
    rate: Decimal
    first: date
    last: date
    vat: VatBasis = VatBasis.OUTSIDE


@transaction.atomic
def record_paid_time(
    *, by: Viewer, partnership: Partnership, organisation: Organisation, payer: Organisation, time: Time
) -> PaidTime:
    """Hours of a voluntary organisation that a partner pays for; said by whoever is paid or whoever pays.

    The same again gives what is there: it is not paid twice.
    """
    require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    _require_party(by, partnership, organisation, payer)
    _require_sensible(partnership, organisation, payer, time)
    in_turn(partnership)
    said: dict[str, Any] = {
        "partnership": partnership, "organisation": organisation, "payer": payer,
        "purpose": " ".join(time.purpose.split()), "hours": time.hours, "rate": time.rate, "vat": time.vat,
        "start": time.first, "end": time.last + timedelta(days=1),
    }
    same: PaidTime | None = PaidTime.objects.filter(withdrawn=None, **said).first()
    if same is not None:
        return same
    row = saved(PaidTime(by_id=by.person, **said))
    record_event(by=by, verb=Verb.PAID_TIME_RECORDED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def withdraw_paid_time(*, by: Viewer, paid: PaidTime) -> None:
    """It was wrong: it stays written down, marked, and counts in no total."""
    require(by, Permission.MANAGE_PARTNERSHIP, paid.partnership_id)
    locked = PaidTime.objects.select_for_update().get(pk=paid.pk)
    _require_party(by, locked.partnership, locked.organisation, locked.payer)
    if locked.withdrawn:
        raise Refused("This has been taken back already.")
    locked.withdrawn = clock.today()
    saved(locked)
    record_event(by=by, verb=Verb.PAID_TIME_WITHDRAWN, subject=locked, partnership=locked.partnership_id)


def _require_party(
    by: Viewer, partnership: Partnership, organisation: Organisation, payer: Organisation
) -> None:
    mine = by.organisation_in(partnership.pk)
    if not (by.system or by.staff or mine in {organisation.pk, payer.pk}):
        raise NotAllowed("Only an administrator of the organisation that is paid, or that pays, says so.")


def _require_sensible(
    partnership: Partnership, organisation: Organisation, payer: Organisation, time: Time
) -> None:
    if organisation.kind not in VOLUNTARY:
        raise Refused(f"{organisation.name} is not a voluntary organisation. This page is for their time.")
    if organisation.pk == payer.pk:
        raise Refused("An organisation does not pay itself. Choose who pays.")
    if time.last < time.first:
        raise Refused("The last day must not be before the first.")
    if financial_year(time.first) != financial_year(time.last):
        raise Refused("The days lie in two financial years. Write down each year by itself, up to 31 March.")
    seats = PartnershipOrganisation.objects.filter(partnership=partnership, start__lte=time.last)
    seated = set(seats.exclude(end__lte=time.first).values_list("organisation_id", flat=True))
    for one in (organisation, payer):
        if one.pk not in seated:
            raise Refused(f"{one.name} had no seat in {partnership.name} in these days.")
