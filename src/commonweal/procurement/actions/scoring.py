"""Evaluators are named, declare their interests, score without seeing each other, and agree in moderation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Organisation, PartnershipRole, Person
from commonweal.core.permissions import Permission, Role
from commonweal.core.viewer import SYSTEM, Viewer, require
from commonweal.policy.papers import guided
from commonweal.procurement.actions.competing import OVER, held_competition
from commonweal.procurement.actions.pipeline import own_commission
from commonweal.procurement.deadline import said
from commonweal.procurement.models import Bid, Competition, Evaluation, Evaluator, Moderated, Score
from commonweal.procurement.opening import bid_of_letter, opened_package, scored_questions

MOST = 12


class Verb(models.TextChoices):
    """The deeds of an evaluation."""

    NAMED = "evaluation.named"
    DECLARED = "evaluation.declared"
    LEFT = "evaluation.left"
    SCORED = "evaluation.scored"
    MODERATING = "evaluation.moderating"
    MODERATED = "evaluation.moderated"
    CLOSED = "evaluation.closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSaid:
    """What somebody gives one answer, and why."""

    question: str
    score: int
    reason: str


@transaction.atomic
def name_evaluator(*, by: Viewer, competition: Competition, person: UUID) -> Evaluator:
    """Somebody of the partnership who shall score, other than those who provide."""
    row = _run(by, competition)
    evaluation = _evaluation(row)
    if evaluation.moderating_at is not None:
        raise Refused("Moderation has begun, so nobody is added any more.")
    roles = PartnershipRole.objects.on(clock.today()).filter(partnership=row.partnership_id, person=person)
    if not roles.exclude(role=Role.PROVIDER).exists():
        raise NotFound("Only somebody of the partnership who sees its evidence can score. Choose again.")
    if evaluation.evaluators.filter(left_at=None).count() >= MOST:
        raise Refused(f"{MOST} people score already. That is enough.")
    held = evaluation.evaluators.filter(person=person).first()
    made: Evaluator = held or saved(Evaluator(
        partnership_id=row.partnership_id, evaluation=evaluation, person=Person.objects.get(pk=person)))
    record_event(by=by, verb=Verb.NAMED, subject=made, partnership=row.partnership_id)
    return made


@transaction.atomic
def declare_interests(*, by: Viewer, competition: Competition, conflict: bool, words: str) -> Evaluator:
    """Before anything is scored: whether one stands in a conflict with any of those who bid. Said once."""
    row = _mine(by, competition)
    if row.evaluation.competition.opened_at is None:
        raise Refused("Nothing is opened yet, so nobody knows who bids. Come back after the opening.")
    if row.declared_at is not None:
        raise Refused("You have declared already. If something has changed, tell whoever runs this: they take you "
                      "out with your reason.")
    _not_over(row.evaluation.competition)
    if conflict and not words.strip():
        raise Refused("Say in a sentence what the conflict is.")
    row.declared_at, row.conflict, row.words = clock.now(), conflict, words.strip()
    if not conflict and _bids_too(by, row):
        raise Refused("Your own organisation bids, alone or with others, so you have a conflict. Say so.")
    saved(row)
    record_event(by=by, verb=Verb.DECLARED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def take_out_evaluator(*, by: Viewer, evaluator: Evaluator, why: str) -> Evaluator:
    """Somebody scores no more; what they gave is kept and does not count."""
    _run(by, evaluator.evaluation.competition)
    if evaluator.evaluation.moderating_at is not None:
        raise Refused("Moderation has begun. What each gave stands beside what is agreed.")
    if not why.strip():
        raise Refused("Say why: it stands in the record.")
    evaluator.left_at, evaluator.left_why = clock.now(), why.strip()
    saved(evaluator)
    record_event(by=by, verb=Verb.LEFT, subject=evaluator, partnership=evaluator.partnership_id)
    return evaluator


@transaction.atomic
def score_answer(*, by: Viewer, competition: Competition, letter: str, told: ScoreSaid) -> Score:
    """One evaluator's score of one answer, with its reason; changed as often as they like until moderation."""
    row = _mine(by, competition)
    stage: Evaluation = Evaluation.objects.select_for_update().get(pk=row.evaluation_id)
    if stage.closed_at is not None:
        raise Refused(f"Moderation closed on {said(stage.closed_at)}. Your score was not taken: what was agreed "
                      "stands.")
    if stage.moderating_at is not None:
        raise Refused(f"Moderation began on {said(stage.moderating_at)}. Say what you think there: what you gave "
                      "before is kept beside what is agreed.")
    _not_over(row.evaluation.competition)
    if row.declared_at is None:
        raise Refused("Declare your interests first.")
    if not row.scores_count:
        raise NotAllowed("You have a conflict, or score no more, so you do not score here.")
    bid = bid_of_letter(competition, letter)
    _answerable(competition, told)
    made = Score.objects.filter(evaluator=row, bid=bid, question=told.question).first() or Score(
        partnership_id=row.partnership_id, evaluator=row, bid=bid, question=told.question)
    made.score, made.reason, made.at = told.score, told.reason.strip(), clock.now()
    saved(made)
    record_event(by=by, verb=Verb.SCORED, subject=made, partnership=row.partnership_id)
    return made


@transaction.atomic
def begin_moderation(*, by: Viewer, competition: Competition) -> Evaluation:
    """Once all who count have scored everything they see each other's scores. Alike ones are agreed."""
    row = _run(by, competition)
    stage = _evaluation(row)
    if stage.moderating_at is not None:
        return stage
    counting = [one for one in stage.evaluators.all() if one.scores_count]
    waiting = stage.evaluators.filter(left_at=None, declared_at=None).select_related("person")
    if waiting:
        raise Refused(f"{waiting[0].person.name} has not declared interests yet. Wait, or take them out.")
    least = 1 if (row.commission.tier or 1) <= 2 else 2
    if len(counting) < least:
        raise Refused(f"At least {least} must score that have no conflict. Name another.")
    asked = scored_questions(row)
    bids = list(row.bids.exclude(letter=""))
    for one in counting:
        if one.scores.count() < len(asked) * len(bids):
            raise Refused(f"{one.person.name} has not scored everything yet. Wait, or take them out.")
    stage.moderating_at, stage.moderated_by = clock.now(), acting_person(by)
    saved(stage)
    for bid in bids:
        for question in asked:
            _agree_alike(stage, bid, question)
    record_event(by=by, verb=Verb.MODERATING, subject=stage, partnership=row.partnership_id)
    return stage


@transaction.atomic
def moderate(*, by: Viewer, competition: Competition, letter: str, told: ScoreSaid) -> Moderated:
    """What was agreed for one answer, and the reason that its bidder will read; what each gave is kept."""
    row = _run(by, competition)
    stage = _evaluation(row)
    if stage.moderating_at is None:
        raise Refused("Moderation has not begun. Everybody scores first, without seeing the others.")
    if stage.closed_at is not None:
        raise Refused(f"Moderation closed on {said(stage.closed_at)}. What was agreed stands.")
    bid = bid_of_letter(row, letter)
    _answerable(row, told)
    made = bid.moderated.filter(question=told.question).first() or Moderated(
        partnership_id=row.partnership_id, bid=bid, question=told.question)
    made.score, made.reason, made.alike = told.score, told.reason.strip(), False
    made.by, made.at = acting_person(by), clock.now()
    saved(made)
    record_event(by=by, verb=Verb.MODERATED, subject=made, partnership=row.partnership_id)
    return made


@transaction.atomic
def close_moderation(*, by: Viewer, competition: Competition) -> Evaluation:
    """Every score is agreed and fixed; now names and prices are seen."""
    row = _run(by, competition)
    stage = _evaluation(row)
    if stage.closed_at is not None:
        return stage
    if stage.moderating_at is None:
        raise Refused("Moderation has not begun. Everybody scores first, without seeing the others.")
    asked = set(scored_questions(row))
    for bid in row.bids.exclude(letter="").order_by("letter"):
        open_ones = asked - set(bid.moderated.values_list("question", flat=True))
        if open_ones:
            raise Refused(f"Bid {bid.letter}: agree on “{guided(min(open_ones)).words}” first.")
    stage.closed_at, stage.closed_by = clock.now(), acting_person(by)
    saved(stage)
    record_event(by=by, verb=Verb.CLOSED, subject=stage, partnership=row.partnership_id)
    return stage


def _run(by: Viewer, competition: Competition) -> Competition:
    """The competition, locked, for whoever runs it; opened, and not over."""
    own_commission(by, competition.commission)
    row = held_competition(competition)
    if row.opened_at is None:
        raise Refused("Nothing is opened yet.")
    _not_over(row)
    return row


def _not_over(row: Competition) -> None:
    if row.commission.state in OVER:
        raise Refused("It is decided or withdrawn, so nothing is scored any more.")


def _evaluation(row: Competition) -> Evaluation:
    held: Evaluation | None = Evaluation.objects.select_for_update().filter(competition=row).first()
    return held or saved(Evaluation(partnership_id=row.partnership_id, competition=row))


def _mine(by: Viewer, competition: Competition) -> Evaluator:
    """The person's own seat among those who score."""
    require(by, Permission.VIEW_EVIDENCE, competition.partnership_id)
    found: Evaluator | None = Evaluator.objects.select_related("evaluation__competition__commission").filter(
        evaluation__competition=competition, person=by.person).first()
    if found is None:
        raise NotAllowed("You were not asked to score here.")
    return found


def _bids_too(by: Viewer, row: Evaluator) -> bool:
    """Whether an organisation of theirs has bid, by its account or by its name, alone or with others."""
    own = by.organisations_in(row.partnership_id)
    bids = row.evaluation.competition.bids.exclude(letter="")
    if bids.filter(organisation__in=own).exists():
        return True
    names = {name.casefold() for name in Organisation.objects.filter(pk__in=own).values_list("name", flat=True)}
    opened = [opened_package(SYSTEM, bid) for bid in bids]
    return bool(names & {name.strip().casefold() for one in opened
                         for name in (one.name, *(each.name for each in one.members))})


def _answerable(row: Competition, told: ScoreSaid) -> None:
    if told.question not in scored_questions(row):
        raise NotFound("That question is not scored here.")
    if not 0 <= told.score <= 5:
        raise Refused("A score is from 0 to 5.")
    if not told.reason.strip():
        raise Refused("Give your reason: the bidder is told why.")


def _agree_alike(stage: Evaluation, bid: Bid, question: str) -> None:
    """Where all gave the same it is agreed, with all their reasons."""
    given = [one for one in Score.objects.filter(bid=bid, question=question).select_related("evaluator").order_by(
        "evaluator__created", "id") if one.evaluator.scores_count]
    if given and len({one.score for one in given}) == 1:
        reasons = " ".join(dict.fromkeys(one.reason.strip() for one in given))
        saved(Moderated(partnership_id=bid.partnership_id, bid=bid, question=question, score=given[0].score,
                        reason=reasons[:3000], alike=True, by=stage.moderated_by))
