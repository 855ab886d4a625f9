"""A partnership on one page, on the screen and on one sheet."""

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
from commonweal.web.documents.one_page import one_page_document
from commonweal.web.one_page import one_page


@login_required
@require_safe
@each_asked_once()
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Where everything stands."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = one_page(viewer, partnership)
    return render(request, "web/thread/one_page.html", {"view": view, "invented": view.invented, "page": found})


@login_required
@require_safe
@each_asked_once()
def as_file(request: HttpRequest, partnership: UUID, ending: str) -> HttpResponse:
    """The same on one sheet."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = one_page(viewer, partnership)
    body = as_paper(one_page_document(found, partnership=view.name, invented=view.invented), ending)
    return sent(body, "on-one-page", ending)
