"""What the host of an event does: plan, change, cancel, who came, notes, recording, and what was agreed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.core.errors import ActForWhom, CommonwealError, NotAllowed, PartnershipEnded
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.knowledge.actions.booking import mark_attendance
from commonweal.knowledge.actions.events import (
    GatheringSaid,
    add_recording,
    agree_event_action,
    cancel_gathering,
    change_gathering,
    plan_gathering,
    write_notes,
)
from commonweal.knowledge.actions.relationship import finish_action
from commonweal.knowledge.forms_events import Attendance, Cancel, EventDeed, Notes, PlanEvent, Recorded
from commonweal.knowledge.models import BookingState, Gathering
from commonweal.knowledge.queries.events import action_of, bookings_of, event_row, hosts
from commonweal.present.forms import tried

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(ASKS)
def plan(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """A new event."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.DISCUSS, partnership)
    form = PlanEvent(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        made = tried(form, lambda: plan_gathering(by=viewer, partnership=there, said=form.said()))
        if made is not None:
            messages.success(request, "Planned.")
            return redirect("knowledge:own-event", partnership=partnership, gathering=made.pk)
    context = {"view": view, "invented": view.invented, "form": form, "heading": "Plan an event",
               "button": "Plan it"}
    return render(request, "knowledge/events/form.html", context)


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, gathering: UUID) -> HttpResponse:
    """What it is, put right."""
    viewer, row = _hosted(request, partnership, gathering)
    known = {one.name: getattr(row, one.name) for one in fields(GatheringSaid)}
    for hour in ("begins", "ends"):
        known[hour] = f"{known[hour]:%H:%M}"
    form = PlanEvent(request.POST if request.method == "POST" else None, initial=known)
    return _form(request, row, form, "Change the event", "Keep it",
                 lambda: change_gathering(by=viewer, gathering=row, said=form.said()))


@login_required
@require_http_methods(ASKS)
def cancel(request: HttpRequest, partnership: UUID, gathering: UUID) -> HttpResponse:
    """It does not take place."""
    viewer, row = _hosted(request, partnership, gathering)
    form = Cancel(request.POST if request.method == "POST" else None)
    return _form(request, row, form, "Cancel the event", "Cancel it and tell everybody who booked",
                 lambda: cancel_gathering(by=viewer, gathering=row, because=form.cleaned_data["because"]))


@login_required
@require_http_methods(ASKS)
def attendance(request: HttpRequest, partnership: UUID, gathering: UUID) -> HttpResponse:
    """Who came."""
    viewer, row = _hosted(request, partnership, gathering)
    lines = tuple(one for one in bookings_of(viewer, row) if one.state == BookingState.PLACE)
    form = Attendance(request.POST if request.method == "POST" else None, lines=lines)
    return _form(request, row, form, "Who came", "Keep it", lambda: mark_attendance(
        by=viewer, gathering=row, came=[UUID(one) for one in form.cleaned_data["came"]]) + 1)


@login_required
@require_http_methods(ASKS)
def notes(request: HttpRequest, partnership: UUID, gathering: UUID) -> HttpResponse:
    """What was said."""
    viewer, row = _hosted(request, partnership, gathering)
    form = Notes(request.POST if request.method == "POST" else None, initial={"notes": row.notes})
    return _form(request, row, form, "Notes", "Keep them",
                 lambda: write_notes(by=viewer, gathering=row, notes=form.cleaned_data["notes"]))


@login_required
@require_http_methods(ASKS)
def recording(request: HttpRequest, partnership: UUID, gathering: UUID) -> HttpResponse:
    """Where it can be heard again."""
    viewer, row = _hosted(request, partnership, gathering)
    form = Recorded(request.POST if request.method == "POST" else None)
    return _form(request, row, form, "Recording", "Add it",
                 lambda: add_recording(by=viewer, gathering=row, recording=form.recording()))


@login_required
@require_http_methods(ASKS)
def agree(request: HttpRequest, partnership: UUID, gathering: UUID) -> HttpResponse:
    """What will be done, whose it is, by when."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.DISCUSS, partnership)
    row = event_row(viewer, gathering, partnership)
    owners = [(str(seat.id), seat.name) for seat in view.seats]
    form = EventDeed(request.POST if request.method == "POST" else None, owners=owners)
    return _form(request, row, form, "Agree an action", "Agree it", lambda: agree_event_action(
        by=viewer, gathering=row, words=form.cleaned_data["words"], owner=UUID(form.cleaned_data["owner"]),
        due=form.cleaned_data["due"]))


@login_required
@require_POST
def done(request: HttpRequest, partnership: UUID, gathering: UUID, action: UUID) -> HttpResponse:
    """Whoever owns it says that it is done."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = event_row(viewer, gathering, partnership)
    try:
        finish_action(by=viewer, action=action_of(viewer, row, action))
    except (ActForWhom, PartnershipEnded):
        raise
    except CommonwealError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Done, and said so.")
    return redirect("knowledge:own-event", partnership=partnership, gathering=gathering)


def _hosted(request: HttpRequest, partnership: UUID, gathering: UUID) -> tuple[Viewer, Gathering]:
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, Permission.DISCUSS, partnership)
    row = event_row(viewer, gathering, partnership)
    if not hosts(viewer, row):
        raise NotAllowed("Whoever hosts the event does this. Ask them.")
    return viewer, row


def _form(
    request: HttpRequest, row: Gathering, form: forms.Form, heading: str, button: str, deed: Callable[[], Any]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and tried(form, deed) is not None:
        messages.success(request, "Kept.")
        return redirect("knowledge:own-event", partnership=row.partnership_id, gathering=row.pk)
    view = partnership_for(viewer_from(request), row.partnership_id)
    context = {"view": view, "invented": view.invented, "form": form, "heading": heading, "button": button,
               "event": row}
    return render(request, "knowledge/events/form.html", context)
