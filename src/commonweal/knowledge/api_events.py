"""Events as data: what anybody may come to, and what a partnership holds; never who comes."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.knowledge.queries.events import events_in, public_events

router = Router(tags=["Events"])


class EventOut(Schema):
    """One event; day and times are those of Europe/London; `places` is null where there is room for all."""

    id: UUID
    partnership_name: str
    host: str
    kind: str
    title: str
    about: str
    day: date
    begins: time
    ends: time
    where: str
    access: str
    places: int | None
    left: str
    public: bool
    cancelled: bool
    cancelled_because: str
    on_the_table: list[str]
    over: bool
    recording: str
    recording_minutes: int
    changed_at: datetime


@router.get("/events", response=list[EventOut], summary="Events that anybody may come to")
def events(request: HttpRequest, example: bool = False) -> Any:
    """Still to come, soonest first; `example` gives the invented ones alone."""
    return list(public_events(viewer_from(request), invented=example))


@router.get("/partnerships/{partnership}/events", response=list[EventOut], summary="Events of a partnership")
def events_here(request: HttpRequest, partnership: UUID) -> Any:
    """Those to come and those that were."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return list(events_in(viewer, partnership))
