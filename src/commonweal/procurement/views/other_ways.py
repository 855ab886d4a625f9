"""The pages of other ways: a note of a talk, and an award without competition."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from commonweal.core import clock
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.present.forms import posted, tried
from commonweal.procurement.actions.other_ways import award_directly, note_talk
from commonweal.procurement.forms_other_ways import AwardDirectly, NoteTalk
from commonweal.procurement.grounds import ground_of
from commonweal.procurement.queries.commissions import commission_for, commission_row
from commonweal.procurement.queries.competing import own_competition
from commonweal.procurement.queries.decisions import decision_for

ASKS = ("GET", "HEAD", "POST")
WORK = Permission.RECORD_EVIDENCE


@login_required
@require_http_methods(ASKS)
def talk(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Write down a talk, for all alike."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    row = own_competition(viewer, partnership, commission)
    require(viewer, WORK, partnership)
    form = NoteTalk(posted(request), stages=tuple(row.stages))
    if request.method == "POST" and form.is_valid() and tried(form, lambda: note_talk(
            by=viewer, competition=row, **form.cleaned_data)) is not None:
        messages.success(request, "It is shared. Everybody reads the same.")
        return redirect("procurement:competing", partnership=partnership, commission=commission)
    context: dict[str, Any] = {"view": view, "invented": view.invented, "card": card, "form": form,
                               "heading": "Share a note of a talk", "button": "Share it"}
    return render(request, "procurement/form.html", context)


@login_required
@require_http_methods(ASKS)
def direct(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Award it without a competition, on its ground; or see why not, or what was decided so."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    require(viewer, WORK, partnership)
    form = AwardDirectly(posted(request))
    if request.method == "POST" and form.is_valid():
        row = commission_row(viewer, partnership, commission)
        if tried(form, lambda: award_directly(by=viewer, commission=row, said=form.said())) is not None:
            messages.success(request, "Recorded, with its ground.")
            return redirect("procurement:award-directly", partnership=partnership, commission=commission)
    context = {"view": view, "invented": view.invented, "card": card, "form": form,
               "ground": ground_of(card.facts, clock.today()), "decision": decision_for(viewer, commission)}
    return render(request, "procurement/ways/direct.html", context)
