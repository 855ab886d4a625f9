"""The priorities stage's part of the data interface: outcome frameworks, and a partnership's outcomes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.policy.frameworks import frameworks as held
from commonweal.priorities.queries.decisions import decisions_for
from commonweal.priorities.queries.outcomes import OutcomeCard, outcomes_for

router = Router(tags=["Outcomes and priorities"])


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


class IndicatorOut(Schema):
    """An indicator as its framework defines it; `unknown` says what is not known."""

    key: str
    title: str
    numerator: str
    denominator: str
    survey: str
    unit: str
    better: str
    minimum_change: float | None
    caution: str
    unknown: str


class FrameworkOut(Schema):
    """A framework with its dates and how far it was checked."""

    key: str
    title: str
    publisher: str
    start: date
    end: date | None
    address: str
    verification: str
    note: str
    indicators: list[IndicatorOut]


class AnsweredOut(Schema):
    """A need that is answered, in the version that was read."""

    need: UUID
    title: str
    version: int
    agreed: bool


class TargetOut(Schema):
    """A baseline and a target; `baseline` is empty where nobody has measured it."""

    indicator: str
    own_measure: str
    unit: str
    place: str
    baseline: Decimal | None
    baseline_on: date | None
    baseline_source: str
    target: Decimal
    target_on: date
    minimum_change: Decimal | None


class OutcomeOut(Schema):
    """An outcome as its newest version says it."""

    id: UUID
    version: int
    level: str
    title: str
    statement: str
    who: str
    where: str
    answers: list[AnsweredOut]
    leads_to: list[UUID]
    targets: list[TargetOut]


class DecisionOut(Schema):
    """A decision as it was taken: priorities in order, and those to be done whatever the order."""

    id: UUID
    version: int
    title: str
    body: str
    decided_on: date
    reasons: str
    priorities: list[str]
    musts: list[str]
    want_and_need: str
    digest: str


@router.get("/partnerships/{partnership}/decisions",
            response={200: list[DecisionOut], 403: Refusal, 404: Refusal}, summary="Priorities decided")
def decisions(request: HttpRequest, partnership: UUID) -> list[DecisionOut]:
    """The newest version of every decision, the latest first; no person is named."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [
        DecisionOut(
            id=one.id, version=one.number, title=one.title, body=one.body, decided_on=one.decided_on,
            reasons=one.reasons, priorities=[each.title for each in one.ordered],
            musts=[each.title for each in one.musts], want_and_need=one.answer, digest=one.digest,
        )
        for one in decisions_for(viewer, partnership)
    ]


@router.get("/frameworks", response=list[FrameworkOut], summary="Outcome frameworks")
def frameworks(request: HttpRequest) -> list[FrameworkOut]:
    """Every framework held, the newest first."""
    return [FrameworkOut.from_orm(one) for one in held()]


@router.get("/partnerships/{partnership}/outcomes",
            response={200: list[OutcomeOut], 403: Refusal, 404: Refusal}, summary="What should be different")
def outcomes(request: HttpRequest, partnership: UUID) -> list[OutcomeOut]:
    """Every outcome that stands, overarching first."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [_out(card) for card in outcomes_for(viewer, partnership)]


def _out(card: OutcomeCard) -> OutcomeOut:
    return OutcomeOut(
        id=card.id, version=card.number, level=card.level.value, title=card.title, statement=card.statement,
        who=card.who, where=card.where, leads_to=[one.id for one in card.above],
        answers=[AnsweredOut(need=one.id, title=one.title, version=one.number, agreed=one.agreed)
                 for one in card.needs],
        targets=[
            TargetOut(**{name: getattr(one, name) for name in TargetOut.model_fields}) for one in card.targets
        ],
    )
