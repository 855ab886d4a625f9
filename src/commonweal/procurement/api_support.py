"""Gaps and the plans to close them, and one's own chances, as data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.procurement.queries.chances import chances_for
from commonweal.procurement.queries.support import support_for

router = Router(tags=["Procurement"])


class GapOut(Schema):
    """One thing that a commission asks and that is lacking: `ours` by one's own, else by everybody."""

    commission: UUID
    title: str
    kind: str
    gap: str
    ours: bool
    planned: bool


class GaveOut(Schema):
    """One thing given."""

    giver: str
    what: str
    hours: Decimal | None
    pounds: Decimal | None
    on: date


class SupportPlanOut(Schema):
    """One plan; `whose` is empty where it is the whole place's."""

    id: UUID
    kind: str
    gap: str
    whose: str
    steps: str
    owner: str
    mentor: str
    money: Decimal | None
    money_from: str
    training: str
    training_on: date | None
    due: date
    begun_on: date
    state: str
    ended_on: date | None
    took: str
    given: list[GaveOut]
    late: bool


class BuilderOut(Schema):
    """One organisation as a builder of others."""

    name: str
    hours: Decimal
    pounds: Decimal
    plans: int
    closed: int


class SupportOut(Schema):
    """All that whoever asks may see of it."""

    gaps: list[GapOut]
    plans: list[SupportPlanOut]
    builders: list[BuilderOut]


class ChanceOut(Schema):
    """One coming commission that one's own organisation could do, and why."""

    id: UUID
    title: str
    place: str
    buyer: str
    starts_on: date | None
    interest_by: date | None
    reasons: list[str]
    answer: str


@router.get("/partnerships/{partnership}/support", response=SupportOut, summary="Gaps and plans to close them")
def support(request: HttpRequest, partnership: UUID) -> Any:
    """A plan of one organisation is given to those who work on it alone."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return support_for(viewer, partnership)


@router.get("/partnerships/{partnership}/chances", response=list[ChanceOut], summary="What you could do, and why")
def chances(request: HttpRequest, partnership: UUID) -> list[dict[str, Any]]:
    """Of the organisation one acts for, and of no other."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [{"id": one.line.id, "title": one.line.title, "place": one.line.place, "buyer": one.line.buyer,
             "starts_on": one.line.starts_on, "interest_by": one.line.interest_by, "reasons": one.reasons,
             "answer": one.answer} for one in chances_for(viewer, partnership)]
