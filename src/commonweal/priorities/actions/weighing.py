"""A weighing is begun with its criteria, candidates are scored, and each side gives its weights."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction

from commonweal.core.actions.recording import acting_organisation, acting_person, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.needs.personal_text import personal_in
from commonweal.priorities.models import (
    OutcomeState,
    OutcomeVersion,
    SideWeights,
    WeighedOutcome,
    Weighing,
    WeighingSide,
    WeighingVersion,
)

FEWEST, MOST = 2, 12
MOST_CRITERIA = 8


class Verb(models.TextChoices):
    """The deeds of weighing."""

    BEGUN = "weighing.begun"
    SCORED = "weighing.scored"
    WEIGHED = "weighing.weighed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """How one outcome scores on each criterion and why; `must` says why it is done whatever the scores."""

    outcome: UUID
    scores: tuple[float, ...] = ()
    because: str = ""
    must: str = ""


@transaction.atomic
def begin_weighing(
    *, by: Viewer, partnership: Partnership, title: str, criteria: tuple[str, ...], outcomes: tuple[UUID, ...]
) -> WeighingVersion:
    """Fix the criteria and the candidates; scores come next."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    named = [" ".join(one.split()) for one in criteria if one.strip()]
    if not FEWEST <= len(named) <= MOST_CRITERIA:
        raise Refused(f"Give from {FEWEST} to {MOST_CRITERIA} criteria, each on a line of its own.")
    if len({one.casefold() for one in named}) != len(named):
        raise Refused("Two criteria are the same. Each thing is weighed once.")
    if any(len(one) > 80 for one in named):
        raise Refused("A criterion is longer than 80 letters. Say it in fewer words.")
    made = saved(Weighing(partnership=partnership, title=title.strip(), criteria=named))
    record_event(by=by, verb=Verb.BEGUN, subject=made, partnership=partnership.pk)
    return _version(by, made, tuple(Candidate(outcome=one) for one in outcomes))


@transaction.atomic
def score_candidates(
    *, by: Viewer, weighing: Weighing, candidates: tuple[Candidate, ...], over: int
) -> WeighingVersion:
    """How each scores, as a next version over the one that was read."""
    require(by, Permission.RECORD_EVIDENCE, weighing.partnership_id)
    held: Weighing = Weighing.objects.select_for_update().get(pk=weighing.pk)
    if held.next_number() - 1 != over:
        raise Refused("A colleague scored them meanwhile. Read theirs, then score over it.")
    for one in candidates:
        if one.must.strip():
            continue
        if len(one.scores) != len(held.criteria):
            raise Refused("A score is missing. Every candidate needs a score on every criterion.")
        if not all(0 <= score <= 100 for score in one.scores):
            raise Refused("A score is a number from 0 to 100.")
    return _version(by, held, candidates)


@transaction.atomic
def give_weights(
    *, by: Viewer, weighing: Weighing, side: WeighingSide, weights: tuple[float, ...], reason: str
) -> SideWeights:
    """The weights of one side: members give what they want, those who hold the evidence what need says."""
    needed = Permission.DECIDE if side is WeighingSide.WANT else Permission.RECORD_EVIDENCE
    require(by, needed, weighing.partnership_id)
    if len(weights) != len(weighing.criteria):
        raise Refused("Give every criterion a weight; 0 where it counts for nothing.")
    if not all(0 <= one <= 100 for one in weights):
        raise Refused("A weight is a number from 0 to 100.")
    if sum(weights) <= 0:
        raise Refused("The weights sum to nothing. Give at least one criterion a weight above 0.")
    if not reason.strip():
        raise Refused("Say in a few words what the weights rest on.")
    _impersonal(reason)
    made = saved(SideWeights(
        partnership_id=weighing.partnership_id, weighing=weighing, side=side, weights=list(weights),
        reason=reason.strip(), organisation=acting_organisation(by, weighing.partnership),
        given_by=acting_person(by),
    ))
    record_event(by=by, verb=Verb.WEIGHED, subject=weighing, partnership=weighing.partnership_id)
    return made


def _version(by: Viewer, weighing: Weighing, candidates: tuple[Candidate, ...]) -> WeighingVersion:
    there = weighing.partnership_id
    wanted = [one.outcome for one in candidates]
    rows = OutcomeVersion.objects.filter(
        partnership=there, identity__in=wanted, identity__state=OutcomeState.STANDS
    ).latest_each()
    found = {row.identity_id: row for row in rows}
    if len(found) != len(set(wanted)) or len(wanted) != len(set(wanted)):
        raise NotFound("One of these outcomes is not there any more, or was withdrawn. Choose again.")
    if not FEWEST <= len(found) <= MOST:
        raise Refused(f"Choose from {FEWEST} to {MOST} outcomes: people cannot weigh more with care.")
    version = saved(WeighingVersion(
        partnership_id=there, identity=weighing, number=weighing.next_number(), written_by=acting_person(by),
    ))
    for position, one in enumerate(candidates):
        _impersonal(one.because, one.must)
        saved(WeighedOutcome(
            partnership_id=there, version=version, outcome=found[one.outcome], position=position,
            scores=[] if one.must.strip() else list(one.scores), because=one.because.strip(),
            must=one.must.strip(),
        ))
    record_event(by=by, verb=Verb.SCORED, subject=weighing, partnership=there, version=version.number)
    return version


def _impersonal(*texts: str) -> None:
    if any(personal_in(text) for text in texts):
        raise Refused("The text seems to name a person, or how to reach one. Take that out: partners read it.")
