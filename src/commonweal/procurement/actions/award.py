"""An officer enters who got a commission, and what became of it: signed, paid, done, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import models, transaction

from commonweal.core.actions.recording import in_turn, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Department
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.procurement.models import (
    Award,
    AwardLot,
    AwardMilestone,
    AwardSupplier,
    Basis,
    Commission,
    CommissionState,
    Payment,
)
from commonweal.procurement.ocds.words import SCHEMES, number_is_odd, whole_number

MOST = 40               # awards of a commission, suppliers or lots of an award
MOST_PAYMENTS = 600
GRANTS = (Basis.GRANT_OPEN, Basis.GRANT_ASKED)
PLAIN = ("reference", "title", "description", "contact", "because", "net", "lost_vat", "bids", "decided_on",
         "starts_on", "ends_on", "extends_to", "review_on", "basis")


class Verb(models.TextChoices):
    """The deeds of awards."""

    ENTERED = "award.entered"
    CHANGED = "award.changed"
    SIGNED = "award.signed"
    PAID = "award.paid"
    DUE = "award.milestone"
    MET = "award.met"
    ENDED = "award.ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierSaid:
    """Who got it; `person` hides their name from what is published."""

    name: str
    scheme: str = ""
    number: str = ""
    sme: bool | None = None
    vcse: bool | None = None
    person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LotSaid:
    """A part of what was let."""

    title: str
    net: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardSaid:
    """What an award says. Pounds without VAT; `ends_on` is the last day."""

    reference: str
    title: str
    description: str
    contact: str
    decided_on: date
    basis: str
    net: Decimal
    starts_on: date
    ends_on: date
    suppliers: tuple[SupplierSaid, ...]
    because: str = ""
    lost_vat: Decimal = Decimal(0)
    bids: int | None = None
    extends_to: date | None = None
    review_on: date | None = None
    department: UUID | None = None
    lots: tuple[LotSaid, ...] = ()


@transaction.atomic
def enter_award(*, by: Viewer, commission: Commission, said: AwardSaid) -> Award:
    """One award more; the same one sent twice is kept once."""
    require(by, Permission.RECORD_EVIDENCE, commission.partnership_id)
    in_turn(commission.partnership)
    row = _commission(commission, said)
    held: Award | None = row.awards.filter(reference=said.reference.strip()).first()
    if held is not None:
        if (held.net, held.decided_on, held.title) == (said.net, said.decided_on, said.title.strip()):
            return held
        raise Refused("This reference number is used already. Every award has its own.")
    if row.awards.count() >= MOST:
        raise Refused(f"A commission has {MOST} awards at most here.")
    award = Award(partnership_id=row.partnership_id, commission=row, position=row.awards.count() + 1)
    _write(award, said)
    record_event(by=by, verb=Verb.ENTERED, subject=award, partnership=row.partnership_id)
    return award


@transaction.atomic
def change_award(*, by: Viewer, award: Award, said: AwardSaid) -> Award:
    """Put it right; what was published stays as it was until it is published anew."""
    row = _held(by, award)
    _commission(row.commission, said)
    _write(row, said)
    record_event(by=by, verb=Verb.CHANGED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def sign_contract(*, by: Viewer, award: Award, on: date) -> Award:
    """The day it was signed."""
    row = _held(by, award)
    if on < row.decided_on:
        raise Refused("It cannot be signed before it was decided. Check both days.")
    row.signed_on = on
    saved(row)
    record_event(by=by, verb=Verb.SIGNED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def record_payment(*, by: Viewer, award: Award, reference: str, on: date, pounds: Decimal) -> Payment:
    """One payment; the same one sent twice is refused."""
    row = _signed(by, award)
    if row.payments.count() >= MOST_PAYMENTS:
        raise Refused(f"An award has {MOST_PAYMENTS} payments at most here. Enter what is left as one sum a year.")
    made = saved(Payment(partnership_id=row.partnership_id, award=row, reference=reference.strip(), paid_on=on,
                         pounds=pounds))
    record_event(by=by, verb=Verb.PAID, subject=made, partnership=row.partnership_id)
    return made


@transaction.atomic
def add_milestone(*, by: Viewer, award: Award, title: str, due_on: date) -> AwardMilestone:
    """Something due by a day."""
    row = _held(by, award)
    if row.milestones.count() >= MOST:
        raise Refused(f"An award has {MOST} milestones at most here.")
    made = saved(AwardMilestone(partnership_id=row.partnership_id, award=row, title=title.strip(), due_on=due_on))
    record_event(by=by, verb=Verb.DUE, subject=made, partnership=row.partnership_id)
    return made


@transaction.atomic
def meet_milestone(*, by: Viewer, milestone: AwardMilestone, on: date) -> AwardMilestone:
    """The day it was done."""
    _held(by, milestone.award)
    milestone.met_on = on
    saved(milestone)
    record_event(by=by, verb=Verb.MET, subject=milestone, partnership=milestone.partnership_id)
    return milestone


@transaction.atomic
def end_award(*, by: Viewer, award: Award, on: date, ending: str, because: str) -> Award:
    """How it ended, and why."""
    row = _signed(by, award)
    if on < row.starts_on:
        raise Refused("It cannot end before it starts. Check the day.")
    if not because.strip():
        raise Refused("Say in a sentence how it ended: whoever commissions next will read it.")
    row.ended_on, row.ending, row.ended_because = on, ending, because.strip()
    saved(row)
    record_event(by=by, verb=Verb.ENDED, subject=row, partnership=row.partnership_id)
    return row


def _commission(commission: Commission, said: AwardSaid) -> Commission:
    row: Commission = Commission.objects.select_for_update().get(pk=commission.pk)
    if row.state == CommissionState.WITHDRAWN:
        raise Refused("It is withdrawn, so nobody got it. Take it up again first.")
    if not row.deal:
        raise Refused("Say first whether it is bought, given, let or traded.")
    if row.deal == "trade":
        raise Refused("An exchange without money is not awarded: it has no place in these registers.")
    if (row.deal == "grant") != (said.basis in GRANTS):
        raise Refused("Choose how it was awarded from the ways of a grant." if row.deal == "grant"
                      else "Choose how it was awarded: this is not a grant.")
    return row


def _write(row: Award, said: AwardSaid) -> None:
    for name in PLAIN:
        given = getattr(said, name)
        setattr(row, name, given.strip() if isinstance(given, str) else given)
    if said.basis == Basis.DIRECT and not row.because:
        raise Refused("Say why it was awarded directly: everybody may ask.")
    row.department = _department(row.commission, said.department)
    saved(row)
    if not 1 <= len(said.suppliers) <= MOST or len(said.lots) > MOST:
        raise Refused(f"Name who got it: one at least, {MOST} at most, and {MOST} lots at most.")
    row.suppliers.all().delete()
    row.lots.all().delete()
    for at, one in enumerate(said.suppliers, start=1):
        _supplier(row, at, one)
    for at, lot in enumerate(said.lots, start=1):
        saved(AwardLot(partnership_id=row.partnership_id, award=row, position=at, title=lot.title.strip(),
                       net=lot.net))


def _supplier(row: Award, at: int, one: SupplierSaid) -> None:
    number = whole_number(one.scheme, one.number)
    if one.scheme and one.scheme not in SCHEMES:
        raise Refused(f"“{one.scheme}” is not one of the registers here. Choose again.")
    if number_is_odd(one.scheme, number):
        raise Refused(f"“{number}” is not a number of {SCHEMES[one.scheme]}. Check it for {one.name.strip()}.")
    saved(AwardSupplier(
        partnership_id=row.partnership_id, award=row, position=at, name=one.name.strip(), scheme=one.scheme,
        number=number, sme=one.sme, vcse=one.vcse, person=one.person,
    ))


def _department(row: Commission, asked: UUID | None) -> Department | None:
    if asked is None:
        return None
    found = Department.objects.filter(pk=asked, organisation=row.organisation_id, retired=None).first()
    if found is None:
        raise NotFound("There is no such department any more. Choose again.")
    return found


def _held(by: Viewer, award: Award) -> Award:
    require(by, Permission.RECORD_EVIDENCE, award.partnership_id)
    row: Award = Award.objects.select_for_update().select_related("commission").get(pk=award.pk)
    return row


def _signed(by: Viewer, award: Award) -> Award:
    row = _held(by, award)
    if row.signed_on is None:
        raise Refused("It is not signed yet. Enter first the day it was signed.")
    return row
