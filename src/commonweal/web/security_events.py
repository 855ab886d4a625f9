"""What a security officer looks for: signing in and out, refusals, changes to how somebody signs in.

Each is one line of the log `commonweal.security`: what happened, whose account by its id, and from which network.
No name, e-mail address, password or whole network address is in it.
"""

from __future__ import annotations

import logging
from ipaddress import ip_address, ip_network
from typing import Any

from allauth.account import signals as account
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa import signals as second_factor
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from commonweal.core.models import Person
from commonweal.web.sessions import begin

logger = logging.getLogger("commonweal.security")
CHANGES = {
    account.password_changed: "password changed", account.password_set: "password set",
    account.password_reset: "password reset by letter", second_factor.authenticator_added: "second factor added",
    second_factor.authenticator_removed: "second factor removed",
    second_factor.authenticator_reset: "recovery codes made anew",
    second_factor.authentication_failed: "second factor refused",
}


def note(what: str, request: HttpRequest | None, person: object = None) -> None:
    """Write one line."""
    logger.info("%s person=%s from=%s", what, person or "unknown", network(request))


def network(request: HttpRequest | None) -> str:
    """The network somebody came from: /24 of an IPv4 address, /48 of an IPv6 one."""
    try:
        came = ip_address(get_ip(request) if request is not None else "")
    except (PermissionDenied, ValueError):
        return "unknown"
    return str(ip_network((came, 24 if came.version == 4 else 48), strict=False))


def listen() -> None:
    """Hear of all of it; called once, when the program starts."""
    user_logged_in.connect(_signed_in, dispatch_uid="web.security.in")
    user_logged_out.connect(_signed_out, dispatch_uid="web.security.out")
    user_login_failed.connect(_refused, dispatch_uid="web.security.refused")
    for signal, what in CHANGES.items():
        signal.connect(_changed(what), weak=False, dispatch_uid=f"web.security.{what}")


def _signed_in(*, request: HttpRequest, user: Person, **_: Any) -> None:
    begin(request.session)
    note("signed in", request, user.pk)


def _signed_out(*, request: HttpRequest, user: Person | None, **_: Any) -> None:
    if user is not None:
        note("signed out", request, user.pk)


def _refused(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    said = str(credentials.get("email") or credentials.get("username") or "")
    found = Person.objects.filter(email__iexact=said.replace("\0", "").strip())
    note("sign-in refused", request, found.values_list("pk", flat=True).first())


def _changed(what: str) -> Any:
    def heard(*, request: HttpRequest | None = None, user: Person, **_: Any) -> None:
        note(what, request, user.pk)

    return heard
