"""While the installation is read-only, pages are read, and what is sent is answered with why it is not kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from commonweal.core.read_only import why_read_only
from commonweal.web.middleware.readying import READS
from commonweal.web.views.errors import not_now

# To read what is one's own one must get in, and out again.
OPEN = frozenset({
    "account_login", "account_logout", "mfa_authenticate", "mfa_login_webauthn", "openid_connect_login",
    "web:acting",
})
LATER = 600  # seconds


class ReadOnly:
    """Answers a form or a program that would write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass it on; what is refused is settled below, where the page is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Nothing, or the refusal."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method in READS or name in OPEN:
            return None
        why = why_read_only(Path(settings.VAR))
        if not why:
            return None
        sentence = f"{why} Until that is done all can be read. What you sent was not kept: send it again later."
        return not_now(request, sentence, LATER)
