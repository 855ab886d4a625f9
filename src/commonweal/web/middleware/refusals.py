"""Turns the domain's refusals into the honest page: what was refused, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from commonweal.core.errors import ActForWhom, CommonwealError, NotAllowed, NotFound, PartnershipEnded
from commonweal.lake.manifest import ManifestBroken
from commonweal.lake.store import StoreBusy, StoreDamaged
from commonweal.web.views.errors import refused

STATUS = {NotAllowed: 403, NotFound: 404, ManifestBroken: 503, StoreDamaged: 503, StoreBusy: 503}
SAID = (CommonwealError, ManifestBroken, StoreDamaged, StoreBusy)  # their text is a sentence for a person


class Refusals:
    """Catches refusals, and a store that is damaged, from a view; anything else is a fault and goes on up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass it on; refusals are caught below."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a refusal; somebody who has not signed in is asked to."""
        if not isinstance(error, SAID):
            return None
        if isinstance(error, ActForWhom):
            back = urlencode({"next": request.get_full_path()} if request.method == "GET" else {})
            return redirect(f"{reverse('web:acting', args=[error.partnership])}?{back}")
        if isinstance(error, PartnershipEnded):
            return redirect("web:partnership", partnership=error.partnership)
        if isinstance(error, NotAllowed) and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return refused(request, str(error), STATUS.get(type(error), 400))
