"""Real people sign in with two factors; the invented people of the example, on this computer, need not."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from commonweal.web.environment import Profile
from commonweal.web.views.errors import refused

# What a person may do before the second factor is set up: set it up, sign out, read how.
OPEN_ROUTES = frozenset({
    "account_logout", "account_login", "account_reauthenticate", "web:second-factor", "web:help",
    "web:privacy", "web:accessibility", "web:health",
})


# Any of these says that somebody else's computer stands behind the address the request came from.
PASSED_ON = (
    "HTTP_FORWARDED", "HTTP_X_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_SERVER", "HTTP_X_FORWARDED_PORT", "HTTP_X_REAL_IP",
    "HTTP_X_CLIENT_IP", "HTTP_X_CLUSTER_CLIENT_IP", "HTTP_CLIENT_IP", "HTTP_TRUE_CLIENT_IP",
    "HTTP_CF_CONNECTING_IP", "HTTP_FASTLY_CLIENT_IP", "HTTP_X_ORIGINAL_FORWARDED_FOR",
    "HTTP_X_ENVOY_EXTERNAL_ADDRESS", "HTTP_VIA",
)


def on_this_computer(request: HttpRequest) -> bool:
    """Whether the request came from this very computer, through no proxy, to the embedded set-up."""
    if settings.PROFILE is not Profile.EMBEDDED or any(name in request.META for name in PASSED_ON):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def signed_in_by_council(request: HttpRequest) -> bool:
    """Whether this session came through single sign-on, which has asked for its own second factor."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "socialaccount" for record in records)


class RequireSecondFactor:
    """Sends whoever lacks a second factor to set one up; signs invented people out when not on this computer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass it on; who goes where is settled below."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Nothing, or where to go first."""
        match = request.resolver_match
        if not request.user.is_authenticated or match is None:
            return None
        if request.user.example:
            return None if on_this_computer(request) else self._turn_away(request)
        if settings.SINGLE_SIGN_ON_HAS_SECOND_FACTOR and signed_in_by_council(request):
            return None
        name = match.view_name or ""
        if name in OPEN_ROUTES or name.startswith("mfa_") or is_mfa_enabled(request.user):
            return None
        return redirect("web:second-factor")

    def _turn_away(self, request: HttpRequest) -> HttpResponse:
        """Example accounts have well-known passwords: away from this computer they open nothing."""
        logout(request)
        return refused(request, "Example accounts work only on the computer that Commonweal runs on.", 403)
