"""Two organisations open a score, score in private, draw the topics, and agree actions that are followed up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Organisation, Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.knowledge.models import AgreedAction, Pairing, PrivateScore, ScoreRound, Side
from commonweal.knowledge.relationship_content import questions

NOT_YOURS = "Only people of these two organisations score how they work together."
MOST_OPEN = 10


class PairVerb(models.TextChoices):
    """The deeds of a pairing."""

    OPENED = "pairing.opened"
    SCORED = "pairing.scored"
    DRAWN = "pairing.drawn"
    AGREED = "pairing.action_agreed"
    DONE = "pairing.action_done"


@transaction.atomic
def open_scores(
    *, by: Viewer, partnership: Partnership, client: Organisation, provider: Organisation
) -> ScoreRound:
    """Both sides may score; asked by one of the two. A second time is the next round of the same pairing."""
    require(by, Permission.DISCUSS, partnership.pk)
    if acted_for(by, partnership.pk) not in {client.pk, provider.pk}:
        raise NotAllowed("Open this for your own organisation and one you work with.")
    here = PartnershipOrganisation.objects.on(clock.today()).filter(
        partnership=partnership, organisation__in=[client, provider]
    )
    if client.pk != provider.pk and here.values("organisation").distinct().count() != 2:
        raise Refused("Both organisations must belong to the partnership.")
    pairing = Pairing.objects.select_for_update().filter(
        partnership=partnership, client=client, provider=provider
    ).first() or saved(Pairing(partnership=partnership, client=client, provider=provider))
    last = pairing.rounds.order_by("-number").first()
    if last is not None and last.drawn_at is None:
        raise Refused("Both sides are scoring already.")
    opened = saved(ScoreRound(
        partnership=partnership, pairing=pairing, number=1 if last is None else last.number + 1,
        questions=questions().version,
    ))
    record_event(by=by, verb=PairVerb.OPENED, subject=opened, partnership=partnership.pk)
    return opened


@transaction.atomic
def give_score(*, by: Viewer, scoring: ScoreRound, answers: Mapping[str, int]) -> PrivateScore:
    """One's own answers, changed as often as one likes until the topics are drawn."""
    held = _held(by, scoring)
    if held.drawn_at is not None:
        raise Refused("The topics have been drawn. Wait until both sides score again.")
    keys = {one.key for one in questions().questions}
    if set(answers) != keys or not all(value in range(1, 6) for value in answers.values()):
        raise Refused("Answer every question.")
    side = side_of(by, held.pairing)
    person = acting_person(by)
    PrivateScore.objects.filter(round=held, person=person).delete()
    made = saved(PrivateScore(
        partnership=held.partnership, round=held, person=person, side=side, answers=dict(answers)
    ))
    record_event(by=by, verb=PairVerb.SCORED, subject=held, partnership=held.partnership_id)
    return made


@transaction.atomic
def draw_topics(*, by: Viewer, scoring: ScoreRound) -> ScoreRound:
    """Topics are drawn once each side has enough scorers; every score is deleted in the same moment."""
    held = _held(by, scoring)
    if held.drawn_at is not None:
        raise Refused("The topics have been drawn already.")
    asked = questions()
    scores = {
        side: [one.answers for one in held.scores.filter(side=side)] for side in (Side.CLIENT, Side.PROVIDER)
    }
    short = [Side(side).label.lower() for side, given in scores.items() if len(given) < asked.scorers]
    if short:
        raise Refused(f"Topics are drawn once {asked.scorers} people on each side have scored. "
                      f"More are needed from the {' and the '.join(short)}.")
    held.topics = list(asked.topics(scores[Side.CLIENT], scores[Side.PROVIDER]))
    held.drawn_at = clock.now()
    saved(held)
    held.scores.all().delete()
    record_event(by=by, verb=PairVerb.DRAWN, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def agree_action(
    *, by: Viewer, pairing: Pairing, words: str, owner: UUID, due: date, topic: str = "",
) -> AgreedAction:
    """An action with one of the two organisations to own it, and a day."""
    require(by, Permission.DISCUSS, pairing.partnership_id)
    side_of(by, pairing)
    if owner not in {pairing.client_id, pairing.provider_id}:
        raise Refused("Choose which of the two organisations owns the action.")
    if due < clock.today():
        raise Refused("Choose a day that is still to come.")
    if topic and topic not in {one.key for one in questions().questions}:
        raise Refused("Choose a topic from the list.")
    list(Pairing.objects.select_for_update().filter(pk=pairing.pk))
    if pairing.actions.filter(done_on=None).count() >= MOST_OPEN:
        raise Refused(f"{MOST_OPEN} actions are open already. Finish one first: fewer get done.")
    made = saved(AgreedAction(
        partnership=pairing.partnership, pairing=pairing, words=words, owner_id=owner, due=due, topic=topic
    ))
    record_event(by=by, verb=PairVerb.AGREED, subject=made, partnership=pairing.partnership_id)
    return made


@transaction.atomic
def finish_action(*, by: Viewer, action: AgreedAction) -> AgreedAction:
    """Done, said by somebody of the organisation that owns it; saying it twice changes nothing."""
    require(by, Permission.DISCUSS, action.partnership_id)
    held = AgreedAction.objects.select_for_update().get(pk=action.pk)
    if acted_for(by, held.partnership_id) != held.owner_id:
        raise NotAllowed("Whoever owns the action says that it is done.")
    if held.done_on is None:
        held.done_on = clock.today()
        saved(held)
        record_event(by=by, verb=PairVerb.DONE, subject=held, partnership=held.partnership_id)
    return held


def side_of(by: Viewer, pairing: Pairing) -> Side:
    """Which side the viewer acts for; NotAllowed where it is neither."""
    acted = acted_for(by, pairing.partnership_id)
    if acted == pairing.client_id:
        return Side.CLIENT
    if acted == pairing.provider_id:
        return Side.PROVIDER
    raise NotAllowed(NOT_YOURS)


def _held(by: Viewer, scoring: ScoreRound) -> ScoreRound:
    require(by, Permission.DISCUSS, scoring.partnership_id)
    held = ScoreRound.objects.select_for_update().select_related("pairing").get(pk=scoring.pk)
    side_of(by, held.pairing)
    return held
