"""Signs out whoever signed in too long ago, or has done nothing for too long."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse

from commonweal.web.sessions import still_good


class SessionLimits:
    """Both limits are of settings; visitors who have not signed in have nothing to lose and are let be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End a session whose time is up, then pass on; pages send such a person to sign in and back."""
        if SESSION_KEY in request.session and not still_good(request.session):
            logout(request)
        return self.get_response(request)
