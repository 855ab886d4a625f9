"""An organisation's own page, on one screen; and one sheet for its board."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.asked_once import each_asked_once
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.views.files import as_paper, sent
from commonweal.web.documents.own_page import board_paper
from commonweal.web.own_page import FEW, own_page


@login_required
@require_safe
@each_asked_once()
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What waits, what is coming, what was sent."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = own_page(viewer, partnership)
    context = {"view": view, "invented": view.invented, "page": found, "few": f":{FEW}"}
    return render(request, "web/partnership/own_page.html", context)


@login_required
@require_safe
@each_asked_once()
def as_file(request: HttpRequest, partnership: UUID, ending: str) -> HttpResponse:
    """The paper for the board."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = own_page(viewer, partnership)
    body = as_paper(board_paper(found, partnership=view.name, invented=view.invented), ending)
    return sent(body, "for-the-board", ending)
