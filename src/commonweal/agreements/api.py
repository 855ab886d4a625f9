"""The agreements stage's part of the data interface: what each agreement answers and is measured by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.agreements.api_funding import router as funding_router
from commonweal.agreements.api_together import router as together_router
from commonweal.agreements.queries.examining import Checked, examined
from commonweal.agreements.queries.register import Answered, Entry, register_for
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from

router = Router(tags=["Agreements"])
router.add_router("", funding_router)
router.add_router("", together_router)


class RegisterRefusal(Schema):
    """Why not, in a sentence."""

    detail: str


class AnswersOut(Schema):
    """A need or an outcome that is answered."""

    kind: str
    id: UUID
    title: str


class TargetOut(Schema):
    """What a measure should come to, from a first day to a last."""

    first: date
    last: date
    target: Decimal


class MeasureOut(Schema):
    """One measure; `stands` is false once it was dropped, for `dropped_because`."""

    id: UUID
    title: str
    what: str
    unit: str
    kind: str
    every: str
    answers: list[AnswersOut]
    targets: list[TargetOut]
    stands: bool
    dropped_because: str


class RegisterOut(Schema):
    """One agreement with its thread."""

    id: UUID
    title: str
    begins: date
    ends: date | None
    over: bool
    answers: list[AnswersOut]
    measures: list[MeasureOut]


@router.get("/partnerships/{partnership}/agreements/measures",
            response={200: list[RegisterOut], 403: RegisterRefusal, 404: RegisterRefusal},
            summary="What each agreement answers, and its measures")
def agreement_measures(request: HttpRequest, partnership: UUID) -> list[RegisterOut]:
    """Every agreement, those that run first; no person is named."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [_out(one) for one in register_for(viewer, partnership)]


class CheckedOut(Schema):
    """A clause or measure; `standing` is answers, older, gone or nothing: the last two need not stay."""

    words: str
    standing: str
    stays: bool
    answers: list[AnswersOut]


class StepOut(Schema):
    """One step of what is planned."""

    words: str
    due_on: date
    done_on: date | None


class ExaminationOut(Schema):
    """An agreement against today's needs; `allowed` is empty where it cannot be determined."""

    title: str
    proposed: str
    why: str
    way: str
    because: str
    allowed: bool | None
    law: str
    clauses: list[CheckedOut]
    measures: list[CheckedOut]
    breaks: list[date]
    plan: list[StepOut]


@router.get("/partnerships/{partnership}/agreements/{agreement}/examination",
            response={200: ExaminationOut, 403: RegisterRefusal, 404: RegisterRefusal},
            summary="An agreement against today's needs")
def agreement_examination(request: HttpRequest, partnership: UUID, agreement: UUID) -> ExaminationOut:
    """What in it answers a need, whether the law allows a change, and what is planned."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = examined(viewer, partnership, agreement)
    return ExaminationOut(
        title=found.entry.card.title, proposed=found.proposed.key, why=found.why,
        way=found.way.key if found.way else "", because=found.because, allowed=found.allowed.holds,
        law=found.allowed.sentence, clauses=[_checked(one) for one in found.clauses],
        measures=[_checked(one) for one in found.measures], breaks=[one.day for one in found.breaks],
        plan=[StepOut(words=one.words, due_on=one.due_on, done_on=one.done_on) for one in found.steps])


def _checked(one: Checked) -> CheckedOut:
    return CheckedOut(words=one.words, standing=one.standing, stays=not one.goes, answers=_answers(one.answers))


def _out(entry: Entry) -> RegisterOut:
    card = entry.card
    measures = [MeasureOut(
        id=one.id, title=one.title, what=one.what, unit=one.unit, kind=one.kind, every=one.every,
        answers=_answers(one.answers), stands=one.stands, dropped_because=one.dropped_because,
        targets=[TargetOut(first=first, last=last, target=target) for first, last, target in one.targets],
    ) for one in entry.measures]
    return RegisterOut(id=card.id, title=card.title, begins=card.begins, ends=card.ends, over=entry.over,
                       answers=_answers(entry.answers), measures=measures)


def _answers(found: tuple[Answered, ...]) -> list[AnswersOut]:
    return [AnswersOut(kind=one.kind, id=one.id, title=one.title) for one in found]
