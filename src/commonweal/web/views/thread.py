"""The thread of a partnership, whole and from one thing, on the page and as Word or PDF."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.views.files import as_paper, sent
from commonweal.present.document import Document
from commonweal.present.paper import on_paper
from commonweal.web.documents.thread import item_document, thread_document
from commonweal.web.thread_page import item_page, whole_page


@login_required
@require_safe
def whole(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Everything from need to review."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    page = whole_page(viewer, partnership)
    return render(request, "web/thread/whole.html", {"view": view, "invented": view.invented, "page": page})


@login_required
@require_safe
def item(request: HttpRequest, partnership: UUID, kind: str, item: UUID) -> HttpResponse:
    """What one thing answers, and what answers it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    page = item_page(viewer, partnership, kind, item)
    return render(request, "web/thread/item.html", {"view": view, "invented": view.invented, "page": page})


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, ending: str) -> HttpResponse:
    """The annex of the whole."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    page = whole_page(viewer, partnership)
    return _annex(thread_document(page, partnership=view.name, invented=view.invented), ending)


@login_required
@require_safe
def item_as_file(request: HttpRequest, partnership: UUID, kind: str, item: UUID, ending: str) -> HttpResponse:
    """The annex of one thing."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    page = item_page(viewer, partnership, kind, item)
    return _annex(item_document(page, partnership=view.name, invented=view.invented), ending)


def _annex(document: Document, ending: str) -> HttpResponse:
    with on_paper():
        body = as_paper(document, ending)
    return sent(body, "thread", ending)
