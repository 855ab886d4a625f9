"""Honest pages for what went wrong: what it was, and what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from commonweal.core.errors import CommonwealError
from commonweal.core.faults import sentence_of
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import viewer_from

FORBIDDEN = 403


def refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """A refusal of the domain, in its own words; of a page of a partnership, with the way back and whom to ask."""
    view = _partnership_of(request) if status in (400, 403, 404) else None
    context = {"sentence": sentence, "status": status, "view": view,
               "whom": view.administrators() if view and status == FORBIDDEN else ()}
    return render(request, "web/errors/refused.html", context, status=status)


def not_now(request: HttpRequest, sentence: str, seconds: int) -> HttpResponse:
    """503: why nothing sent is kept just now, and when to send it again; to a program as JSON."""
    return _later(request, sentence, seconds, lambda: refused(request, sentence, 503))


def _later(request: HttpRequest, sentence: str, seconds: int, page: Callable[[], HttpResponse]) -> HttpResponse:
    program = request.path.startswith("/api/")
    response = JsonResponse({"detail": sentence}, status=503) if program else page()
    response["Retry-After"] = str(seconds)
    return response


def _partnership_of(request: HttpRequest) -> PartnershipView | None:
    """The partnership in the address, where whoever asks is in it."""
    found = request.resolver_match.kwargs.get("partnership") if request.resolver_match else None
    if not isinstance(found, UUID):
        return None
    try:
        return partnership_for(viewer_from(request), found)
    except CommonwealError:
        return None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 for a fault that passes: both without database and session, which may be what failed."""
    sentence = sentence_of(sys.exception())
    if not sentence:
        return render(None, "500.html", status=500)
    return _later(request, sentence, 60, lambda: render(None, "503.html", {"sentence": sentence}, status=503))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form was open too long or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)
