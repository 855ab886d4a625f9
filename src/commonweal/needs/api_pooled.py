"""What partners pool as data: numbers with their owner, as far as they are shared, and the skills on offer."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.held_numbers import numbers_of
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.sharing import held_for, held_one
from commonweal.core.viewer import require, viewer_from
from commonweal.needs.queries.skills import offers_for
from commonweal.needs.queries.survey_pool import pooled_for
from commonweal.needs.replay import part_data
from commonweal.needs.views.survey_pool import picks_of

router = Router(tags=["What partners pool"])
BASE = "/partnerships/{partnership}"


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


class PooledRowOut(Schema):
    """One line: its labels by field, and its figure, whose source names the owner."""

    labels: dict[str, str]
    figure: dict[str, Any]


class PooledOut(Schema):
    """The numbers of one data set, in the fields that are shared with you."""

    id: UUID
    title: str
    owner: str
    seen: str
    as_at: date | None
    measure: str
    rows: list[PooledRowOut]


class SurveyPartOut(Schema):
    """What one survey says of one answer: a share of 1 or a mean, and its part of the whole."""

    whose: str
    survey: str
    gathered: date | None
    value: float
    lower: float
    upper: float
    answered: int
    effective: float
    counts_for: float


class PooledAnswerOut(Schema):
    """One answer over all surveys; `chance` that they differ so much by chance, `i_squared` beyond it."""

    answer: str
    value: float
    lower: float
    upper: float
    q: float
    chance: float
    i_squared: float
    says: str
    surveys: list[SurveyPartOut]


class PooledSurveysOut(Schema):
    """The same question of several surveys, and the rule by which it is pooled."""

    rule: str
    scale: bool
    answers: list[PooledAnswerOut]
    left_out: list[str]


class SkillOut(Schema):
    """One offer of help; `name` is empty where the person shows only the organisation."""

    skill: str
    title: str
    name: str
    organisation: str
    hours_a_month: int
    until: date


@router.get(f"{BASE}/pooled/{{held}}", response={200: PooledOut, 403: Refusal, 404: Refusal},
            summary="The numbers of a pooled data set")
def pooled(request: HttpRequest, partnership: UUID, held: UUID) -> PooledOut:
    """Your own, and what an agreement in force opens to you; a use under an agreement is written down first."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    for purpose in Purpose:
        if any(one.id == held for one in held_for(viewer, partnership, purpose)):
            break
    else:
        raise NotFound("There is no such data, or no agreement in force opens it to your organisation.")
    found = held_one(viewer, partnership, held, purpose)
    table = numbers_of(viewer, view, found, purpose)
    rows = table.rows if table else ()
    return PooledOut(
        id=found.id, title=found.title, owner=found.owner, seen=found.how.value, as_at=found.as_at,
        measure=table.measure if table else "",
        rows=[PooledRowOut(labels=dict(zip(table.labels if table else (), one.labels, strict=True)),
                           figure=part_data(one.figure)) for one in rows],
    )


@router.get(f"{BASE}/skills", response={200: list[SkillOut], 403: Refusal, 404: Refusal},
            summary="Who offers which skill")
def skills(request: HttpRequest, partnership: UUID) -> list[SkillOut]:
    """Your own offers and those that partners show."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [SkillOut(skill=one.skill, title=one.skill_title, name=one.name, organisation=one.organisation,
                     hours_a_month=one.hours, until=one.until) for one in offers_for(viewer, partnership)]


@router.get(f"{BASE}/pooled-surveys", response={200: PooledSurveysOut, 400: Refusal, 403: Refusal, 404: Refusal},
            summary="One question of several surveys, pooled")
def pooled_surveys(request: HttpRequest, partnership: UUID, questions: str) -> PooledSurveysOut:
    """`questions`: for each survey its id, a colon and the question's key, with commas between; own and placed."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = pooled_for(viewer, partnership, picks_of(questions.split(",")))
    return PooledSurveysOut(
        rule=found.rule, scale=found.scale, left_out=list(found.said),
        answers=[
            PooledAnswerOut(
                answer=one.label, value=one.together.value, lower=one.together.lower, upper=one.together.upper,
                q=one.together.q, chance=one.together.chance, i_squared=one.together.share, says=one.said,
                surveys=[
                    SurveyPartOut(
                        whose=part.whose, survey=part.title, gathered=part.gathered, value=part.reading.value,
                        lower=part.reading.lower, upper=part.reading.upper, answered=part.reading.answered,
                        effective=part.reading.effective, counts_for=part.counts,
                    ) for part in one.parts
                ],
            ) for one in found.answers
        ],
    )
