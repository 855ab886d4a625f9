"""The measures stage's part of the data interface: how agreements stand, and the release calendar."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.measures.api_returns import router as returns_router
from commonweal.measures.api_sending import router as sending_router
from commonweal.measures.queries.performance import Odd, Progress, performance_of
from commonweal.measures.queries.releases import calendar_for

router = Router(tags=["Measures"])
router.add_router("", returns_router)
router.add_router("", sending_router)


class PerformanceRefusal(Schema):
    """Why not, in a sentence."""

    detail: str


class ExceptionOut(Schema):
    """Something to look at first: off, late, missing or odd."""

    kind: str
    agreement: UUID
    title: str
    words: str
    since: date


class ProgressOut(Schema):
    """One measure: the figure with all that makes it honest, where it should be, and where it stands."""

    id: UUID
    agreement: UUID
    title: str
    kind: str
    stands: str
    figure: dict[str, Any] | None
    least: float | None
    most: float | None
    expected: float | None
    target: float | None


class PerformanceOut(Schema):
    """Everything, exceptions first."""

    on: date
    exceptions: list[ExceptionOut]
    measures: list[ProgressOut]


class ReleaseOut(Schema):
    """One line of the calendar; `reasons` say what was held back, and why."""

    id: UUID
    title: str
    whose: str
    day: date
    state: str
    reasons: list[str]


@router.get("/partnerships/{partnership}/performance",
            response={200: PerformanceOut, 403: PerformanceRefusal, 404: PerformanceRefusal},
            summary="How agreements stand, exceptions first", url_name="performance")
def performance(request: HttpRequest, partnership: UUID) -> PerformanceOut:
    """For those who see evidence. People are bounds, never sums."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = performance_of(viewer, partnership)
    return PerformanceOut(on=found.on, exceptions=[_odd(one) for one in found.exceptions],
                          measures=[_progress(one) for one in found.measures])


@router.get("/releases", response=list[ReleaseOut], summary="The release calendar", url_name="releases")
def releases(request: HttpRequest) -> list[ReleaseOut]:
    """What comes, what was published, and what was held back and why; for everybody."""
    return [ReleaseOut(id=one.id, title=one.title, whose=one.whose, day=one.day, state=one.state.value,
                       reasons=list(one.reasons)) for one in calendar_for(viewer_from(request))]


def _odd(one: Odd) -> ExceptionOut:
    return ExceptionOut(kind=one.kind, agreement=one.agreement, title=one.title, words=one.words, since=one.since)


def _progress(one: Progress) -> ProgressOut:
    low, high = one.told.bounds if one.told else (None, None)
    return ProgressOut(
        id=one.id, agreement=one.agreement, title=one.title, kind=one.kind, stands=one.stands,
        figure=one.figure.as_data() if one.figure else None, least=low, most=high,
        expected=one.aim.expected if one.aim else None, target=one.aim.target if one.aim else None)
