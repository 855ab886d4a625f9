"""What drives each partner: read by all partners, recorded by the organisation's own people."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.needs.actions.priority import MOST, Said, change_priority, record_priority, withdraw_priority
from commonweal.needs.forms_priority import RecordPriority
from commonweal.needs.queries.priorities import (
    earlier_priorities,
    priorities_for,
    priority_for,
    priority_row,
)
from commonweal.present.forms import tried

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every partner's priorities, and a way to record one's own."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    cards = priorities_for(viewer, partnership)
    told = {card.organisation_id for card in cards}
    context = {
        "view": view, "invented": view.invented, "most": MOST, "count": len(cards),
        "partners": [(name, list(rows)) for name, rows in groupby(cards, key=lambda card: card.organisation)],
        "silent": [seat.name for seat in view.seats if seat.id not in told],
        "earlier": earlier_priorities(viewer, partnership),
        "may_record": viewer.may(Permission.BRING_EVIDENCE, partnership),
    }
    return render(request, "needs/priorities/list.html", context)


@login_required
@require_http_methods(ASKS)
def record(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Record a priority of one's own organisation."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    form = RecordPriority(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        if tried(form, lambda: record_priority(by=viewer, partnership=there, said=_said(form))) is not None:
            messages.success(request, "Recorded. All partners see it.")
            return redirect("needs:priorities", partnership=partnership)
    context = {"view": view, "invented": view.invented, "form": form, "heading": "Record a priority"}
    return render(request, "needs/priorities/form.html", context)


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, priority: UUID) -> HttpResponse:
    """Say one of one's own anew."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = priority_row(viewer, partnership, priority)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    card = priority_for(viewer, partnership, priority)
    held = {name: getattr(card, name) for name in ("title", "why", "theme", "source", "source_date", "address")}
    sent = request.POST if request.method == "POST" else None
    form = RecordPriority(sent, initial={**held, "over": card.number})
    if request.method == "POST" and form.is_valid():
        over = form.cleaned_data["over"] or 0
        made = tried(form, lambda: change_priority(by=viewer, priority=row, said=_said(form), over=over))
        if made is not None:
            messages.success(request, f"Version {made.number} is kept. The old one can still be read.")
            return redirect("needs:priorities", partnership=partnership)
    context = {"view": view, "invented": view.invented, "form": form, "heading": "Change a priority", "card": card}
    return render(request, "needs/priorities/form.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, partnership: UUID, priority: UUID) -> HttpResponse:
    """It no longer drives the organisation."""
    viewer = viewer_from(request)
    withdraw_priority(by=viewer, priority=priority_row(viewer, partnership, priority))
    messages.success(request, "Withdrawn. What was written can still be read.")
    return redirect("needs:priorities", partnership=partnership)


def _said(form: RecordPriority) -> Said:
    said: dict[str, Any] = {name: one for name, one in form.cleaned_data.items() if name != "over"}
    return Said(**said)
