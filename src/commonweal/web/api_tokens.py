"""Who a program is: the token in its request stands for a person, for this one request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from commonweal.core.actions.tokens import used_today
from commonweal.core.models import TokenScope
from commonweal.core.queries.tokens import token_behind, viewer_by
from commonweal.web.middleware.second_factor import on_this_computer

Run = Callable[..., HttpResponse]
BEARER = "bearer "
READS = ("GET", "HEAD")
NOT_KNOWN = "This token does not work: it is not whole, its time is over, or it was ended. Make a new one."
MAY_NOT_READ = f"This token may not read: it lacks “{TokenScope.READ.label}”. Make one that may."


def by_token(run: Run) -> Run:
    """Let a request with a token see what its person may in the token's partnership; others pass as they are."""
    @wraps(run)
    def known(request: HttpRequest, **given: Any) -> HttpResponse:
        said = request.headers.get("Authorization", "")
        if not said.lower().startswith(BEARER):
            return run(request, **given)
        token = token_behind(said[len(BEARER):].strip())
        if token is None or (token.person.example and not on_this_computer(request)):
            return JsonResponse({"detail": NOT_KNOWN}, status=401)
        if request.method in READS and TokenScope.READ not in token.scopes:
            return JsonResponse({"detail": MAY_NOT_READ}, status=403)
        used_today(token)
        request.user = token.person
        request.commonweal_token, request.commonweal_viewer = token, viewer_by(token)  # type: ignore[attr-defined]
        return run(request, **given)

    return known
