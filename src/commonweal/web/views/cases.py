"""Cases like yours: those nearest to a partnership's places and needs first."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.knowledge.cases import titles
from commonweal.knowledge.queries.cases import peers_here
from commonweal.web.cases_like import cases_like

SHOWN = 8


@login_required
@require_safe
def like_ours(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The nearest few, with the reason, and who of the partners may be rung."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    need = request.GET.get("need", "")
    found = cases_like(viewer, partnership, need)
    context = {
        "view": view, "invented": view.invented, "need": need, "needs": titles("needs"),
        "near": [one for one in found if one.score][:SHOWN], "every": len(found),
        "peers": peers_here(viewer, partnership),
    }
    return render(request, "web/cases/like_ours.html", context)
