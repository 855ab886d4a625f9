"""An evaluation as those who run it see it, and as one who scores does: blind, and without the others' scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotAllowed
from commonweal.core.models import PartnershipRole
from commonweal.core.permissions import Permission, Role
from commonweal.core.viewer import SYSTEM, Viewer, require
from commonweal.policy.papers import GuidedQuestion, guided
from commonweal.procurement.blinding import blind
from commonweal.procurement.models import Bid, Competition, Evaluation, Evaluator, Score
from commonweal.procurement.opening import bid_of_letter, opened_package, require_run, runs, scored_questions
from commonweal.procurement.package import Package
from commonweal.procurement.queries.competing import own_competition_row

STAGES = {"none": "Nobody is named yet", "scoring": "Being scored", "moderating": "Being moderated",
          "closed": "Scores are agreed", "decided": "Decided"}


@dataclass(frozen=True, slots=True)
class Seat:
    """One who scores, and how far they are."""

    id: UUID
    person: UUID
    name: str
    declared: bool
    conflict: bool
    words: str
    left_why: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Stand:
    """How an evaluation stands; `mine` is the viewer's own seat, `seats` are all, for those who run it."""

    stage: str
    letters: tuple[str, ...]
    seats: tuple[Seat, ...]
    mine: Seat | None
    moderated: int
    to_moderate: int
    moderating_at: datetime | None
    closed_at: datetime | None

    @property
    def stage_words(self) -> str:
        """How it stands, in words."""
        return STAGES[self.stage]


@dataclass(frozen=True, slots=True)
class Given:
    """What one evaluator gave."""

    name: str
    score: int
    reason: str


@dataclass(frozen=True, slots=True)
class ToScore:
    """One answer as it is scored: a letter, the question, its words without names; what the viewer gave."""

    letter: str
    question: GuidedQuestion
    words: str
    score: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ToAgree:
    """One answer as it is moderated: what each gave, and what is agreed."""

    letter: str
    question: GuidedQuestion
    words: str
    given: tuple[Given, ...]
    score: int | None
    reason: str
    alike: bool


def evaluation_of(viewer: Viewer, competition: Competition) -> Stand:
    """How it stands, for those who see evidence; who scores and what they declared, for those who run it.

    A declared conflict names who bids, and partners may bid themselves.
    """
    require(viewer, Permission.VIEW_EVIDENCE, competition.partnership_id)
    stage = Evaluation.objects.filter(competition=competition).first()
    letters = tuple(competition.bids.exclude(letter="").order_by("letter").values_list("letter", flat=True)) \
        if competition.opened_at else ()
    of = len(letters) * len(scored_questions(competition))
    if stage is None:
        return Stand("none", letters, (), None, 0, of, None, None)
    seats = tuple(_seat(row, of) for row in stage.evaluators.select_related("person"))
    mine = next((one for one in seats if one.person == viewer.person), None)
    agreed = sum(bid.moderated.count() for bid in competition.bids.exclude(letter=""))
    return Stand(
        _stage(competition, stage), letters, seats if runs(viewer, competition) else (), mine, agreed, of,
        stage.moderating_at, stage.closed_at)


def who_may_score(viewer: Viewer, competition: Competition) -> tuple[tuple[UUID, str], ...]:
    """People of the partnership who are not there as providers, by name."""
    require(viewer, Permission.RECORD_EVIDENCE, competition.partnership_id)
    rows = PartnershipRole.objects.on(clock.today()).filter(partnership=competition.partnership_id).exclude(
        role=Role.PROVIDER).select_related("person", "organisation").order_by("person__name", "id")
    found = {row.person_id: (row.person_id, f"{row.person.name}, {row.organisation.name}") for row in rows}
    return tuple(found.values())


def bidders_to_declare(viewer: Viewer, competition: Competition) -> tuple[str, ...]:
    """Who bids, by the alphabet and without letters, so that a conflict can be declared; for those who score."""
    seat = _own_seat(viewer, competition)
    if competition.opened_at is None or seat is None:
        raise NotAllowed("You were not asked to score here, or nothing is opened yet.")
    found: set[str] = set()
    for bid in competition.bids.exclude(letter=""):
        package = _opened(bid)
        found |= {package.name, *(one.name for one in package.members)}
    return tuple(sorted(one for one in found if one))


def answers_to_score(viewer: Viewer, competition: Competition) -> tuple[ToScore, ...]:
    """Everything that one evaluator scores, question by question across all letters."""
    seat = _own_seat(viewer, competition)
    if seat is None or not seat.scores_count:
        raise NotAllowed("Declare your interests first. With a conflict nobody scores.")
    given = {(one.bid_id, one.question): one for one in Score.objects.filter(evaluator=seat)}
    found = []
    for key in scored_questions(competition):
        for bid in competition.bids.exclude(letter="").order_by("letter"):
            held = given.get((bid.pk, key))
            found.append(ToScore(bid.letter, guided(key), blind(_opened(bid)).answer(key).words,
                                 held.score if held else None, held.reason if held else ""))
    return tuple(found)


def answers_to_agree(viewer: Viewer, competition: Competition) -> tuple[ToAgree, ...]:
    """Everything to be agreed, with what each gave; only once moderation has begun."""
    require_run(viewer, competition)
    stage = Evaluation.objects.filter(competition=competition).first()
    if stage is None or stage.moderating_at is None:
        raise NotAllowed("What others gave is seen once all have scored.")
    return tuple(_to_agree(bid, key) for key in scored_questions(competition)
                 for bid in competition.bids.exclude(letter="").order_by("letter"))


def one_to_agree(viewer: Viewer, competition: Competition, letter: str, question: str) -> ToAgree | None:
    """One of them."""
    if question not in scored_questions(competition):
        return None
    require_run(viewer, competition)
    stage = Evaluation.objects.filter(competition=competition).first()
    if stage is None or stage.moderating_at is None:
        raise NotAllowed("What others gave is seen once all have scored.")
    return _to_agree(bid_of_letter(competition, letter), question)


def own_seat_in(viewer: Viewer, partnership: UUID, commission: UUID) -> Evaluator | None:
    """The viewer's own seat among those who score a commission."""
    row = own_competition_row(viewer, partnership, commission)
    return _own_seat(viewer, row) if row else None


def _to_agree(bid: Bid, key: str) -> ToAgree:
    rows = Score.objects.filter(bid=bid, question=key).select_related("evaluator__person").order_by(
        "evaluator__created", "id")
    given = tuple(Given(one.evaluator.person.name, one.score, one.reason) for one in rows
                  if one.evaluator.scores_count)
    held = bid.moderated.filter(question=key).first()
    return ToAgree(bid.letter, guided(key), blind(_opened(bid)).answer(key).words, given,
                   held.score if held else None, held.reason if held else "", bool(held and held.alike))


def _opened(bid: Bid) -> Package:
    """What an opened bid says, for the queries of this module, which have asked who looks."""
    return opened_package(SYSTEM, bid)


def _own_seat(viewer: Viewer, competition: Competition) -> Evaluator | None:
    require(viewer, Permission.VIEW_EVIDENCE, competition.partnership_id)
    found: Evaluator | None = Evaluator.objects.filter(
        evaluation__competition=competition, person=viewer.person).first()
    return found


def _seat(row: Evaluator, of: int) -> Seat:
    return Seat(row.pk, row.person_id, row.person.name, row.declared_at is not None, bool(row.conflict), row.words,
                row.left_why, row.scores.count(), of)


def _stage(competition: Competition, stage: Evaluation) -> str:
    if hasattr(competition, "decision"):
        return "decided"
    if stage.closed_at:
        return "closed"
    if stage.moderating_at:
        return "moderating"
    return "scoring" if stage.evaluators.exists() else "none"
