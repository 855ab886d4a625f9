"""Pairs that may be one body: a person decides, and may decide otherwise later."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.providers.actions.linking import decide_pair
from commonweal.providers.queries.pairs import pair_for, pairs_for


@login_required
@require_safe
def pairs(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What waits, and what was joined, with its reason."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "waiting": pairs_for(viewer, partnership),
        "decided": pairs_for(viewer, partnership, decided=True),
    }
    return render(request, "providers/pairs.html", context)


@login_required
@require_POST
def decide(request: HttpRequest, partnership: UUID, pair: UUID) -> HttpResponse:
    """They are one, or they are not."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, Permission.UPLOAD, partnership)
    row = pair_for(viewer, partnership, pair)
    same = request.POST.get("same") == "yes"
    decide_pair(by=viewer, pair=row, partnership=partnership, same=same)
    messages.success(request, "They are now one." if same else "They are kept apart from now on.")
    return redirect("providers:pairs", partnership=partnership)
