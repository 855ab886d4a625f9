"""Priorities are decided by those who may decide, and a decision is superseded, never altered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.priorities.frozen import digest_of, frozen_of
from commonweal.priorities.models import (
    DecidedOutcome,
    Decision,
    DecisionTaker,
    DecisionVersion,
    Weighing,
    WeighingVersion,
)
from commonweal.priorities.queries.deciders import deciders_of
from commonweal.priorities.queries.held_evidence import held_evidence
from commonweal.priorities.queries.outcomes import outcomes_for
from commonweal.priorities.queries.weighings import WeighingView, weighing_for


class Verb(models.TextChoices):
    """The deeds of deciding."""

    DECIDED = "priorities.decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided: outcomes in their order, by whom, where, when, why; `over` is the version superseded."""

    title: str
    order: tuple[UUID, ...]
    body: str
    reasons: str
    decided_on: date
    people: tuple[UUID, ...]
    over: int = 0


@transaction.atomic
def decide_priorities(
    *, by: Viewer, weighing: Weighing, said: Decided, read: int, supersedes: Decision | None = None
) -> DecisionVersion:
    """Record a decision on the version of the weighing that was read, with what it stood on."""
    there = weighing.partnership_id
    require(by, Permission.DECIDE, there)
    Weighing.objects.select_for_update().get(pk=weighing.pk)
    view = weighing_for(by, there, weighing.pk)
    _sound(view, said, read)
    decision = _identity(weighing, said, supersedes)
    cards = {card.id: card for card in outcomes_for(by, there)}
    weighed = [cards[one.outcome] for one in view.candidates if one.outcome in cards]
    evidence = held_evidence(by, there, (need.id for card in weighed for need in card.needs))
    frozen = frozen_of(view, cards, evidence)
    version = saved(DecisionVersion(
        partnership_id=there, identity=decision, number=decision.next_number(), body=said.body.strip(),
        weighing=WeighingVersion.objects.get(identity=weighing, number=view.number), reasons=said.reasons.strip(),
        decided_on=said.decided_on, recorded_by=acting_person(by), frozen=frozen, digest=digest_of(frozen),
    ))
    _takers(version, said, there)
    _priorities(version, view, said)
    record_event(by=by, verb=Verb.DECIDED, subject=decision, partnership=there, version=version.number)
    return version


def _sound(view: WeighingView, said: Decided, read: int) -> None:
    if view.number != read:
        raise Refused("The outcomes were scored anew meanwhile. Read that first, then decide.")
    if view.told is None:
        raise Refused("Decide once every outcome is scored and both sides have given their weights.")
    if not all(one.stands for one in view.candidates):
        raise Refused("One of the outcomes was withdrawn meanwhile. Score them anew without it, then decide.")
    if not said.order or not {one.outcome for one in view.scored} >= set(said.order):
        raise Refused("Give at least one of the outcomes a place.")
    if len(set(said.order)) != len(said.order):
        raise Refused("An outcome takes one place.")
    if not said.reasons.strip():
        raise Refused("Say why: a decision without reasons cannot be defended.")
    if said.decided_on > clock.today():
        raise Refused("The day is in the future. Record the decision once it is taken.")


def _identity(weighing: Weighing, said: Decided, supersedes: Decision | None) -> Decision:
    if supersedes is None:
        return saved(Decision(partnership_id=weighing.partnership_id, title=said.title.strip()))
    held: Decision = Decision.objects.select_for_update().get(pk=supersedes.pk)
    if held.partnership_id != weighing.partnership_id:
        raise NotFound("There is no such decision here.")
    if held.next_number() - 1 != said.over:
        raise Refused("It was superseded meanwhile. Read the newest version, then decide over that.")
    return held


def _takers(version: DecisionVersion, said: Decided, there: UUID) -> None:
    may = {one.person: one.organisation_id for one in deciders_of(there)}
    if not said.people or not set(said.people) <= set(may):
        raise Refused("Name who decided: at least one of those who may.")
    for person in dict.fromkeys(said.people):
        saved(DecisionTaker(
            partnership_id=there, version=version, person_id=person, organisation_id=may[person]
        ))


def _priorities(version: DecisionVersion, view: WeighingView, said: Decided) -> None:
    versions = {one.outcome: one.version_id for one in view.candidates}
    placed = [(one.outcome, 0) for one in view.musts] + [
        (outcome, place) for place, outcome in enumerate(said.order, start=1)
    ]
    for outcome, place in placed:
        saved(DecidedOutcome(
            partnership_id=version.partnership_id, version=version, outcome_id=versions[outcome], place=place
        ))
