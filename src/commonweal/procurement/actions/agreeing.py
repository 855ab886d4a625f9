"""Once all is scored, terms are agreed with those who may be chosen, where that was laid down before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.viewer import Viewer
from commonweal.policy.competing import way
from commonweal.procurement.actions.competing import OVER, held_competition
from commonweal.procurement.actions.pipeline import own_commission
from commonweal.procurement.models import AgreedTerms, Competition, Evaluation
from commonweal.procurement.opening import bid_of_letter


class Verb(models.TextChoices):
    """The deed of agreeing."""

    AGREED = "evaluation.terms_agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsSaid:
    """What was agreed and when; `price` where it is another than the one that was sent."""

    held_on: date
    words: str
    price: Decimal | None = None


@transaction.atomic
def agree_terms(*, by: Viewer, competition: Competition, letter: str, said: TermsSaid) -> AgreedTerms:
    """What was agreed with one of them; the newest stands, and its bidder reads it once it is decided."""
    own_commission(by, competition.commission)
    row = held_competition(competition)
    if not way(row.way).agrees:
        raise Refused("No talks after the answers were laid down here, so what was sent stands as it is.")
    if row.commission.state in OVER:
        raise Refused("It is decided or withdrawn, so nothing more is agreed here.")
    if not Evaluation.objects.filter(competition=row).exclude(closed_at=None).exists():
        raise Refused("Close moderation first: until then nobody sees whose answer is whose.")
    bid = bid_of_letter(row, letter)
    if said.held_on > clock.today():
        raise Refused("That day lies ahead. Write it down after the talk.")
    if said.held_on < clock.local_day(row.closes):
        raise Refused("That day lies before the deadline. Talks before it are notes for all.")
    if not said.words.strip():
        raise Refused("Write what was agreed.")
    made = saved(AgreedTerms(partnership_id=bid.partnership_id, bid=bid, held_on=said.held_on,
                             words=said.words.strip(), price=said.price, by=acting_person(by)))
    record_event(by=by, verb=Verb.AGREED, subject=made, partnership=bid.partnership_id)
    return made
