"""Writes down who read what: one line a request in the access log, never in the database."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from commonweal.core.access_log import Access, access_log

SECRET = frozenset({"token", "key"})  # what opens a link once is not written down


def asking(request: HttpRequest) -> UUID | None:
    """Who asks; nobody where none is signed in, or where the database that knows is away."""
    try:
        found: UUID | None = getattr(getattr(request, "user", None), "pk", None)
    except DatabaseError:
        return None
    return found


class AccessLog:
    """One line for each answer that a view gave."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then write the line."""
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None:
            access_log().write(Access(
                person=asking(request),
                method=request.method or "",
                route=match.view_name or match.route,
                subject={name: str(value) for name, value in match.kwargs.items() if name not in SECRET},
                status=response.status_code,
            ))
        return response
