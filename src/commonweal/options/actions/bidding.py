"""A trust sets out a contract it might bid for, and answers what it must ask itself first."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import models, transaction

from commonweal.core.actions.recording import acting_organisation, record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.options.models import Bid, BidAnswer
from commonweal.options.money_content import named, questions


class Verb(models.TextChoices):
    """The deeds of a bid's workbook."""

    BEGUN = "bid.begun"
    CHANGED = "bid.changed"
    ANSWERED = "bid.answered"
    REMOVED = "bid.removed"


@dataclass(frozen=True, slots=True)
class BidSaid:
    """The contract as planned; pounds a year, weights and scores out of 100."""

    title: str
    buyer: str
    years: int
    income: Decimal
    staff: Decimal
    other: Decimal
    price: Decimal
    reserves: Decimal
    least: Decimal = Decimal(0)
    home: Decimal = Decimal(0)
    quality_weight: int = 60
    quality: int | None = None
    rival_quality: int | None = None
    rival_price: Decimal | None = None
    route: str = "alone"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of the checklist, and why."""

    answer: str
    note: str = ""


@transaction.atomic
def begin_bid(*, by: Viewer, partnership: Partnership, said: BidSaid, seed: int | None = None) -> Bid:
    """A workbook of the organisation one acts for, seen by its own people alone."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    _sound(said)
    drawn = secrets.randbelow(2**31 - 1) if seed is None else seed
    bid = saved(Bid(
        partnership=partnership, organisation=acting_organisation(by, partnership), seed=drawn, **asdict(said)
    ))
    record_event(by=by, verb=Verb.BEGUN, subject=bid, partnership=partnership.pk)
    return bid


@transaction.atomic
def change_bid(*, by: Viewer, bid: Bid, said: BidSaid) -> Bid:
    """Plan it anew; its seed stays."""
    held = _own(by, bid)
    _sound(said)
    for name, value in asdict(said).items():
        setattr(held, name, value)
    saved(held)
    record_event(by=by, verb=Verb.CHANGED, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def answer_checklist(*, by: Viewer, bid: Bid, answers: Mapping[str, Answered]) -> Bid:
    """Answers to the checklist; what is not answered stays as it was."""
    held = _own(by, bid)
    known, choices = {one.key for one in questions()}, {one.key for one in named("bidding", "answers")}
    for key, one in answers.items():
        if key not in known or one.answer not in choices:
            raise Refused("There is no such question or answer. Choose one of the list.")
        row = BidAnswer.objects.filter(bid=held, question=key).first()
        row = row or BidAnswer(partnership_id=held.partnership_id, bid=held, question=key)
        row.answer, row.note = one.answer, one.note
        saved(row)
    record_event(by=by, verb=Verb.ANSWERED, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def remove_bid(*, by: Viewer, bid: Bid) -> None:
    """Delete a workbook for good."""
    held = _own(by, bid)
    record_event(by=by, verb=Verb.REMOVED, subject=held, partnership=held.partnership_id)
    held.delete()


def _own(by: Viewer, bid: Bid) -> Bid:
    require(by, Permission.BRING_EVIDENCE, bid.partnership_id)
    held: Bid = Bid.objects.select_for_update().get(pk=bid.pk)
    if acted_for(by, held.partnership_id) != held.organisation_id:
        raise NotAllowed("This is another organisation's workbook.")
    return held


def _sound(said: BidSaid) -> None:
    if said.route not in {one.key for one in named("bidding", "routes")}:
        raise Refused("There is no such way of bidding. Choose one of the list.")
    if not (said.staff or said.other):
        raise Refused("Give what it costs a year: without costs there is nothing to weigh.")
    if said.rival_price is not None and said.rival_price <= 0:
        raise Refused("The other bid's price is above 0 for the formula to give a score.")
