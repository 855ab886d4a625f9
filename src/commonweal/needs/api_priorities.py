"""The partners' own priorities as data."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.queries.priorities import priorities_for

router = Router(tags=["What drives partners"])


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


class PriorityOut(Schema):
    """A priority as its newest version says it, with its document."""

    id: UUID
    organisation: str
    organisation_id: UUID
    title: str
    why: str
    theme: str
    source: str
    source_date: date
    address: str
    version: int


@router.get("/partnerships/{partnership}/priorities",
            response={200: list[PriorityOut], 403: Refusal, 404: Refusal}, summary="What drives each partner")
def priorities(request: HttpRequest, partnership: UUID) -> list[PriorityOut]:
    """Every priority that stands, by organisation."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [
        PriorityOut(
            id=one.id, organisation=one.organisation, organisation_id=one.organisation_id, title=one.title,
            why=one.why, theme=one.theme, source=one.source, source_date=one.source_date, address=one.address,
            version=one.number,
        )
        for one in priorities_for(viewer, partnership)
    ]
