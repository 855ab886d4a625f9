"""A competition is published, what is asked back answered, its end moved for all, what came opened."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, in_turn, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.viewer import ANONYMOUS, Viewer
from commonweal.policy.bidding import formulas
from commonweal.policy.competing import ways
from commonweal.policy.papers import answer_questions, words_each
from commonweal.policy.tiers import tiers
from commonweal.procurement.actions.commission import move_commission
from commonweal.procurement.actions.pipeline import own_commission
from commonweal.procurement.deadline import said
from commonweal.procurement.models import (
    Clarification,
    Commission,
    CommissionState,
    Competition,
    Extension,
    SpecificationVersion,
)
from commonweal.procurement.opening import GRACE, standing_submission

MOST_ASKED = 500
OVER = (CommissionState.WITHDRAWN, CommissionState.DECIDED)


class Verb(models.TextChoices):
    """The deeds of competitions."""

    PUBLISHED = "competition.published"
    EXTENDED = "competition.extended"
    ASKED = "competition.asked"
    ANSWERED = "competition.answered"
    OPENED = "competition.opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitionSaid:
    """How it is competed; `weights` by the key of the question, one of nought is asked and not scored."""

    way: str
    contact: str
    opens: datetime
    questions_by: datetime
    closes: datetime
    weights: dict[str, int]
    price_weight: int = 0
    formula: str = ""
    floor: Decimal | None = None
    ceiling: Decimal | None = None
    quality_floor: int = 0
    low_percent: int = 25
    several: bool = False
    may_exceed: bool = False
    stages: tuple[str, ...] = field(default=())


@transaction.atomic
def publish_competition(*, by: Viewer, commission: Commission, said: CompetitionSaid) -> Competition:
    """Publish it, and open the commission: what counts is fixed from now on."""
    row = own_commission(by, commission)
    if Competition.objects.filter(commission=row).exists():
        raise Refused("It is published already. Only its deadline can still be moved, for all.")
    if row.tier is None:
        raise Refused("Choose its tier first, so that nobody is asked for more than it needs.")
    tier = tiers()[row.tier - 1]
    _sound(row, said)
    steps = {CommissionState.COMING: (CommissionState.PREPARING, CommissionState.OPEN),
             CommissionState.PREPARING: (CommissionState.OPEN,), CommissionState.OPEN: ()}
    if row.state not in steps:
        raise Refused("It is over or withdrawn, so it is not published.")
    for step in steps[CommissionState(row.state)]:
        row = move_commission(by=by, commission=row, to=step)
    spec = SpecificationVersion.objects.filter(identity__commission=row).order_by("-number").first()
    made = saved(Competition(
        partnership_id=row.partnership_id, commission=row, specification=spec, published_by=acting_person(by),
        criteria=[[one.key, said.weights.get(one.key, 0)] for one in answer_questions(tier)],
        words=words_each(tier), stages=list(said.stages), contact=said.contact.strip(),
        **{name: getattr(said, name) for name in (
            "way", "opens", "questions_by", "closes", "price_weight", "formula", "floor", "ceiling",
            "quality_floor", "low_percent", "several", "may_exceed")},
    ))
    record_event(by=by, verb=Verb.PUBLISHED, subject=made, partnership=row.partnership_id)
    return made


@transaction.atomic
def extend_deadline(*, by: Viewer, competition: Competition, closes: datetime, reason: str) -> Extension:
    """Move the deadline later, for all alike; never after it has passed."""
    now = clock.now()
    own_commission(by, competition.commission)
    row = held_competition(competition)
    if now > row.closes or row.opened_at is not None:
        raise Refused("The deadline has passed, so it is not moved. What came late stays late.")
    if row.commission.state in OVER:
        raise Refused("The commission is over, so its deadline is not moved.")
    if closes <= row.closes:
        raise Refused(f"A deadline is only moved later. It stands at {said(row.closes)}.")
    if not reason.strip():
        raise Refused("Say why it is moved: everybody will read it.")
    made = saved(Extension(partnership_id=row.partnership_id, competition=row, before=row.closes, after=closes,
                           reason=reason.strip(), by=acting_person(by)))
    row.closes = closes
    saved(row)
    record_event(by=by, verb=Verb.EXTENDED, subject=row, partnership=row.partnership_id)
    return made


@transaction.atomic
def ask_back(*, competition: Competition, words: str) -> Clarification:
    """Anybody asks; the buyer sees it at once, everybody once it is answered, nobody who asked."""
    in_turn(competition.partnership)
    row = held_competition(competition)
    if not row.running() or clock.now() > row.questions_by or row.commission.state in OVER:
        raise Refused(f"Questions could be asked until {said(row.questions_by)}. Ring whoever is named there.")
    words = words.strip()
    again: Clarification | None = row.clarifications.filter(asked=words).first()
    if again is not None:
        return again
    if row.clarifications.count() >= MOST_ASKED:
        raise Refused("So many have asked already that no more are taken here. Ring whoever is named there.")
    made = saved(Clarification(partnership_id=row.partnership_id, competition=row, asked=words))
    record_event(by=ANONYMOUS, verb=Verb.ASKED, subject=made, partnership=row.partnership_id)
    return made


@transaction.atomic
def answer_back(*, by: Viewer, clarification: Clarification, words: str) -> Clarification:
    """Answer it; everybody reads question and answer. An answer given once is not changed: ask and answer anew."""
    own_commission(by, clarification.competition.commission)
    row: Clarification = Clarification.objects.select_for_update().get(pk=clarification.pk)
    if row.answered_at is not None:
        raise Refused("It is answered already, and people have read it. Put a correction in a new answer.")
    if not words.strip():
        raise Refused("Write the answer.")
    row.answer, row.answered_at, row.answered_by = words.strip(), clock.now(), acting_person(by)
    saved(row)
    record_event(by=by, verb=Verb.ANSWERED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def open_bids(*, by: Viewer, competition: Competition) -> Competition:
    """Open what came in time, after the deadline: once, by one named person; letters are drawn by lot."""
    own_commission(by, competition.commission)
    row = held_competition(competition)
    if row.opened_at is not None:
        return row
    if clock.now() <= row.closes + GRACE:
        raise Refused(f"Bids are sealed until a minute after the deadline, {said(row.closes)}.")
    if row.commission.state in OVER:
        raise Refused("The commission is over, so nothing is opened.")
    row.opened_at, row.opened_by = clock.now(), acting_person(by)
    saved(row)
    came = [one for one in row.bids.order_by("id") if standing_submission(one)]
    for place, bid in enumerate(sorted(came, key=lambda _: secrets.randbits(64))):
        bid.letter = letter_at(place)
        saved(bid)
    record_event(by=by, verb=Verb.OPENED, subject=row, partnership=row.partnership_id)
    return row


def held_competition(competition: Competition) -> Competition:
    """The row, locked."""
    found: Competition = Competition.objects.select_for_update(of=("self",)).select_related(
        "commission", "partnership").get(pk=competition.pk)
    return found


def letter_at(place: int) -> str:
    """A, B, ... Z, AA, AB."""
    rest, letter = divmod(place, 26)
    return (letter_at(rest - 1) if rest else "") + chr(ord("A") + letter)


def _sound(row: Commission, told: CompetitionSaid) -> None:
    """What cannot be is refused with a sentence."""
    chosen = next((one for one in ways() if one.key == told.way), None)
    if chosen is None or (row.deal and row.deal not in chosen.deals):
        raise Refused("Choose a way that fits what you do: buy, give, let or trade.")
    if told.closes <= clock.now():
        raise Refused("The deadline lies in the past. Choose a later one.")
    if any(not 0 <= one <= 100 for one in told.weights.values()) or not sum(told.weights.values()):
        raise Refused("Give each question a weight from 0 to 100, and at least one of them more than nought.")
    if told.price_weight and told.formula not in {one.key for one in formulas()}:
        raise Refused("Choose how prices become points, or let price count for nought.")
    ends = told.floor, told.ceiling
    if told.price_weight and told.formula == "absolute" and (
            None in ends or (told.ceiling or 0) <= (told.floor or 0)):
        raise Refused("A fixed scale needs two ends: the ceiling must be above the floor.")
