"""Events to look at: the public list, a partnership's own, one of them, calendars and the podcast."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.knowledge.documents_event import event_document
from commonweal.knowledge.event_feeds import calendar_file, podcast
from commonweal.knowledge.queries import events as asked
from commonweal.knowledge.queries.event_links import calendar_behind, calendar_token
from commonweal.knowledge.views.files import sent

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """What anybody may come to, and what can be heard again."""
    viewer, invented = viewer_from(request), _invented(request)
    context = {"events": asked.public_events(viewer, invented=invented), "invented": invented,
               "heard": asked.recordings(viewer, invented=invented)}
    return render(request, "knowledge/events/public.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The public list as iCalendar, to subscribe to."""
    found = asked.public_events(viewer_from(request), invented=_invented(request))
    return _calendar(calendar_file(found, "Events"), "events")


@require_safe
def podcast_feed(request: HttpRequest) -> HttpResponse:
    """Recordings of public events, to subscribe to."""
    invented = _invented(request)
    body = podcast(asked.recordings(viewer_from(request), invented=invented), invented=invented)
    return HttpResponse(body, content_type="application/rss+xml; charset=utf-8")


@never_cache
@require_safe
def own_feed(request: HttpRequest, token: str) -> HttpResponse:
    """A partnership's events for one person's own calendar, as far as they may see it today."""
    viewer, partnership = calendar_behind(token)
    view = partnership_for(viewer, partnership)
    return _calendar(calendar_file(asked.events_in(viewer, partnership), view.name), "events")


@require_safe
def one(request: HttpRequest, gathering: UUID) -> HttpResponse:
    """One event as anybody who may see it sees it."""
    event = asked.event_for(viewer_from(request), gathering)
    return render(request, "knowledge/events/one.html", {"event": event, "invented": event.invented})


@require_safe
def one_file(request: HttpRequest, gathering: UUID) -> HttpResponse:
    """One event for one's own calendar."""
    event = asked.event_for(viewer_from(request), gathering)
    return _calendar(calendar_file([event], event.title), "event")


@login_required
@require_safe
def listed(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """A partnership's events."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = asked.events_in(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "coming": [event for event in found if not event.over],
        "past": [event for event in found if event.over], "may": viewer.may(Permission.DISCUSS, partnership),
        "token": calendar_token(viewer, partnership),
        "sees_needs": viewer.may(Permission.VIEW_EVIDENCE, partnership),
    }
    return render(request, "knowledge/events/own.html", context)


@login_required
@require_safe
def own(request: HttpRequest, partnership: UUID, gathering: UUID) -> HttpResponse:
    """One event for those of its partnership: their place, what came of it, and for its host who booked."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = asked.event_row(viewer, gathering, partnership)
    booking, event = asked.own_booking(viewer, gathering), asked.event_for(viewer, gathering)
    placed = event.hosted or (booking is not None and booking.state == "place")
    context = {
        "view": view, "invented": view.invented, "event": event, "booking": booking,
        "joining": row.joining if placed else "", "bookings": asked.bookings_of(viewer, row),
        "actions": asked.actions_of(viewer, row),
        "summary": asked.summary_for(viewer, row) if event.over else None,
        "may": viewer.may(Permission.DISCUSS, partnership),
    }
    return render(request, "knowledge/events/own_one.html", context)


@login_required
@require_safe
def summary_file(request: HttpRequest, partnership: UUID, gathering: UUID, ending: str) -> HttpResponse:
    """What came of it, as Word or PDF."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row, event = asked.event_row(viewer, gathering, partnership), asked.event_for(viewer, gathering)
    if ending not in {"docx", "pdf"} or not event.over:
        raise Http404("There is no such file.")
    made = event_document(event, asked.summary_for(viewer, row), asked.actions_of(viewer, row), view)
    return sent(made, ending, "event-summary", invented=view.invented)


def _calendar(body: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=CALENDAR)
    answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return answer


def _invented(request: HttpRequest) -> bool:
    return request.GET.get("example") == "yes"
