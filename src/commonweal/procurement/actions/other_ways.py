"""Ways beside a plain competition: notes of talks for all, and an award without competition on its ground."""

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
from commonweal.policy.standstill import standstill_of
from commonweal.procurement.actions.commission import move_commission
from commonweal.procurement.actions.competing import OVER, held_competition
from commonweal.procurement.actions.deciding import told_in_time
from commonweal.procurement.actions.pipeline import own_commission
from commonweal.procurement.facts_of import facts_of
from commonweal.procurement.grounds import ground_of
from commonweal.procurement.models import Commission, CommissionState, Competition, Decision, TalkNote

STEPS = {CommissionState.COMING: ("preparing", "open", "decided"), CommissionState.PREPARING: ("open", "decided"),
         CommissionState.OPEN: ("decided",)}


class Verb(models.TextChoices):
    """The deeds of other ways."""

    NOTED = "competition.talk_noted"
    DIRECT = "commission.awarded_directly"


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectSaid:
    """To whom, for how much, why nobody else was asked, and on whose word."""

    name: str
    price: Decimal | None
    reasons: str
    authority: str
    decided_on: date
    told_on: date | None = None
    wait: bool = False


@transaction.atomic
def note_talk(*, by: Viewer, competition: Competition, stage: str, held_on: date, words: str) -> TalkNote:
    """What was said in a talk, for all alike, while it still helps all; where talks were laid down."""
    own_commission(by, competition.commission)
    row = held_competition(competition)
    if not way(row.way).talks:
        raise Refused("Talks were not laid down when this was published. Put what matters to all in an answer.")
    if row.commission.state in OVER:
        raise Refused("It is decided or withdrawn, so no more is shared.")
    if clock.now() > row.closes and not way(row.way).agrees:
        raise Refused("The deadline has passed, so no more is shared: notes must come while all can use them.")
    if held_on > clock.today():
        raise Refused("That day lies ahead. Write the note after the talk.")
    if not words.strip():
        raise Refused("Write what was said.")
    made = saved(TalkNote(partnership_id=row.partnership_id, competition=row, stage=stage.strip(), held_on=held_on,
                          words=words.strip(), by=acting_person(by)))
    record_event(by=by, verb=Verb.NOTED, subject=made, partnership=row.partnership_id)
    return made


@transaction.atomic
def award_directly(*, by: Viewer, commission: Commission, said: DirectSaid) -> Decision:
    """Without a competition, on the ground that the law's rows give; frozen with its citation."""
    row = own_commission(by, commission)
    if Competition.objects.filter(commission=row).exists():
        raise Refused("It is being competed, so it is decided there.")
    if Decision.objects.filter(commission=row).exists():
        raise Refused("It is decided already.")
    ground = ground_of(facts_of(row), clock.today())
    if ground.refused:
        raise Refused(ground.refused)
    if not said.name.strip() or not said.reasons.strip() or not said.authority.strip():
        raise Refused("Say to whom, why nobody else was asked, and who decides.")
    if said.decided_on > clock.today():
        raise Refused("The day of the decision lies ahead. Record it when it is taken.")
    told_in_time(said.decided_on, said.told_on)
    for step in STEPS.get(CommissionState(row.state), ()):
        row = move_commission(by=by, commission=row, to=CommissionState(step))
    if row.state != CommissionState.DECIDED:
        raise Refused("It is over or withdrawn, so it is not awarded.")
    held = standstill_of(facts_of(row), told_on=said.told_on or said.decided_on, wait=said.wait)
    made = saved(Decision(
        partnership_id=row.partnership_id, commission=row, how="direct",
        chosen=[{"name": said.name.strip(), "members": [],
                 "price": None if said.price is None else f"{said.price:.2f}"}],
        rules={"ground": ground.key, "words": ground.words, "citation": ground.citation,
               "standing": ground.standing},
        reasons=said.reasons.strip(), authority=said.authority.strip(), decided_on=said.decided_on,
        told_on=said.told_on, standstill_last=held.last, standstill_words=held.words,
        recommended_by=acting_person(by)))
    record_event(by=by, verb=Verb.DIRECT, subject=made, partnership=row.partnership_id)
    return made
