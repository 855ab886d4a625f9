"""Joint workshops that shared needs suggest, as data."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.queries.joint import joint_workshops

router = Router(tags=["Needs"])


class GuestOut(Schema):
    """One organisation that should come, why, and the one page it reads first."""

    organisation: UUID
    name: str
    why: list[str]
    reads: str


class TopicOut(Schema):
    """One need on the table."""

    need: UUID
    title: str
    statement: str
    known: str


class JointWorkshopOut(Schema):
    """One workshop; `missing` says whom it lacks."""

    key: str
    title: str
    guests: list[GuestOut]
    topics: list[TopicOut]
    left_out: int
    missing: str


@router.get("/partnerships/{partnership}/joint-workshops", response=list[JointWorkshopOut],
            summary="Workshops that shared needs suggest")
def joint_workshops_here(request: HttpRequest, partnership: UUID) -> Any:
    """Who should come, and what is on the table."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return list(joint_workshops(viewer, partnership))
