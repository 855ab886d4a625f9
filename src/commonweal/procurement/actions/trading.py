"""Two organisations begin a trade, say what each gives and gains, agree, and write down what was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, in_turn, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Organisation, Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.procurement.models import Commission, Given, Method, Promise, Trade

MOST = 40


class Verb(models.TextChoices):
    """The deeds of trades."""

    BEGUN = "trade.begun"
    PROMISED = "trade.promised"
    TAKEN_BACK = "trade.promise_taken_back"
    AGREED = "trade.agreed"
    GIVEN = "trade.given"
    CONFIRMED = "trade.confirmed"
    ENDED = "trade.ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeSaid:
    """What is exchanged with whom, from when to when, and what one gains by it."""

    title: str
    other: UUID
    begins: date
    ends: date
    gains: str
    commission: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSaid:
    """One thing that one's own side gives."""

    what: str
    unit: str
    quantity: Decimal
    rate: Decimal
    method: Method
    because: str


@transaction.atomic
def begin_trade(*, by: Viewer, partnership: Partnership, said: TradeSaid) -> Trade:
    """Offer another organisation of the partnership an exchange; it runs once they agree. Sent twice it is one."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    own = acting_organisation(by, partnership)
    seated = PartnershipOrganisation.objects.on(clock.today()).filter(
        partnership=partnership, organisation=said.other).exists()
    if not seated:
        raise NotFound("That organisation is not in the partnership. Choose again.")
    in_turn(partnership)
    held: Trade | None = Trade.objects.filter(
        partnership=partnership, first=own, second=said.other, title=said.title.strip(), begins=said.begins,
        ends=said.ends, agreed_at=None, ended_at=None).first()
    if held is not None:
        return held
    commission = None
    if said.commission is not None:
        commission = Commission.objects.filter(pk=said.commission, partnership=partnership, organisation=own,
                                               deal="trade").first()
        if commission is None:
            raise NotFound("There is no such commission that is traded and is yours. Choose again.")
    row = saved(Trade(
        partnership=partnership, title=said.title.strip(), first=own,
        second=Organisation.objects.get(pk=said.other), begins=said.begins, ends=said.ends,
        first_gains=said.gains.strip(), commission=commission,
        begun_by=acting_person(by)))
    record_event(by=by, verb=Verb.BEGUN, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def promise(*, by: Viewer, trade: Trade, said: PromiseSaid) -> Promise:
    """What one's own side gives; until both have agreed."""
    row, own = _side(by, trade)
    if row.agreed_at is not None:
        raise Refused("Both have agreed to it as it stands. End it, and begin another with what is new.")
    if row.promises.count() >= MOST:
        raise Refused(f"There are {MOST} lines already. Put some of them together.")
    if not said.because.strip():
        raise Refused("Say what its worth rests on: a price list, last year's costs, or that both agreed.")
    made = saved(Promise(
        partnership_id=row.partnership_id, trade=row, giver=own, what=said.what.strip(), unit=said.unit.strip(),
        quantity=said.quantity, rate=said.rate, method=said.method, because=said.because.strip()))
    record_event(by=by, verb=Verb.PROMISED, subject=made, partnership=row.partnership_id)
    return made


@transaction.atomic
def take_back(*, by: Viewer, given: Promise) -> None:
    """One's own side does not give it after all; until both have agreed."""
    row, own = _side(by, given.trade)
    if row.agreed_at is not None:
        raise Refused("Both have agreed to it as it stands.")
    if given.giver_id != own.pk:
        raise NotAllowed("Only the side that gives it takes it back.")
    record_event(by=by, verb=Verb.TAKEN_BACK, subject=given, partnership=row.partnership_id)
    given.delete()


@transaction.atomic
def agree_trade(*, by: Viewer, trade: Trade, gains: str) -> Trade:
    """The other side agrees, and says what it gains; both sides must give something."""
    row, own = _side(by, trade)
    if own.pk != row.second_id:
        raise NotAllowed("The other side agrees: you offered it.")
    if row.agreed_at is not None:
        return row
    if set(row.promises.values_list("giver", flat=True)) != {row.first_id, row.second_id}:
        raise Refused("Each side must give something, or it is no exchange. Say first what you give.")
    if not gains.strip():
        raise Refused("Say what you gain by it: an exchange that one side does not gain by is no trade.")
    row.second_gains, row.agreed_at, row.agreed_by = gains.strip(), clock.now(), acting_person(by)
    saved(row)
    record_event(by=by, verb=Verb.AGREED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def record_given(*, by: Viewer, promised: Promise, on: date, quantity: Decimal, note: str = "") -> Given:
    """So much was given on a day; said by the side that gives it, confirmed by the other."""
    row, own = _side(by, promised.trade)
    if row.agreed_at is None:
        raise Refused("Both must agree first.")
    if promised.giver_id != own.pk:
        raise NotAllowed("The side that gives it writes it down; the other confirms it.")
    if on > clock.today():
        raise Refused("That day lies ahead. Write it down when it is given.")
    made = saved(Given(partnership_id=row.partnership_id, promise=promised, on=on, quantity=quantity,
                       note=note.strip(), by=acting_person(by)))
    record_event(by=by, verb=Verb.GIVEN, subject=made, partnership=row.partnership_id)
    return made


@transaction.atomic
def confirm_given(*, by: Viewer, given: Given) -> Given:
    """The side that got it says so too."""
    row, own = _side(by, given.promise.trade)
    if given.promise.giver_id == own.pk:
        raise NotAllowed("Whoever got it confirms it.")
    if given.confirmed_at is None:
        given.confirmed_at, given.confirmed_by = clock.now(), acting_person(by)
        saved(given)
        record_event(by=by, verb=Verb.CONFIRMED, subject=given, partnership=row.partnership_id)
    return given


@transaction.atomic
def end_trade(*, by: Viewer, trade: Trade, why: str) -> Trade:
    """Either side ends it; what was given stays written down."""
    row, _ = _side(by, trade)
    if not why.strip():
        raise Refused("Say why: the other side reads it.")
    row.ended_at, row.ended_why = clock.now(), why.strip()
    saved(row)
    record_event(by=by, verb=Verb.ENDED, subject=row, partnership=row.partnership_id)
    return row


def _side(by: Viewer, trade: Trade) -> tuple[Trade, Organisation]:
    """The row, locked, and which of the two the person acts for; one that has ended is changed no more."""
    require(by, Permission.BRING_EVIDENCE, trade.partnership_id)
    row: Trade = Trade.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=trade.pk)
    own = acting_organisation(by, row.partnership)
    if own.pk not in (row.first_id, row.second_id):
        raise NotAllowed("Only the two who trade can do this.")
    if row.ended_at is not None:
        raise Refused("It has ended, so it is changed no more.")
    return row, own
