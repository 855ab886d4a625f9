"""Security headers on every answer, static files included: scripts and styles from here alone, none inline."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from commonweal.core import clock
from commonweal.web.middleware.access import asking

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


def content_security_policy() -> str:
    """The policy as one header; single sign-on adds the provider as a place forms may lead to."""
    form_action = " ".join(["'self'", *settings.FORM_ACTION_ORIGINS])
    return "; ".join([*(f"{name} {value}" for name, value in POLICY.items()), f"form-action {form_action}"])


def plainly_asked(request: HttpRequest) -> HttpResponse | None:
    """TRACE is nobody's; a program without HTTPS is refused, not led on: its next secret would be in the clear."""
    if request.method == "TRACE":
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    program = request.path.startswith("/api/") and request.path != "/api/"
    if not program or not settings.SECURE_SSL_REDIRECT or request.is_secure():
        return None
    return JsonResponse({"detail": "Ask over https://. Nothing is answered without it."}, status=403)


def signs_out(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this answer ended somebody's session, so that the browser lets go of what it kept."""
    match = request.resolver_match
    return (match is not None and match.view_name == "account_logout"
            and request.method == "POST" and response.status_code == 302)


class SecurityHeaders:
    """Sets what Django has no setting for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = content_security_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then add what is missing."""
        with clock.arriving():
            response = plainly_asked(request) or self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if signs_out(request, response):
            response.headers["Clear-Site-Data"] = '"cache"'
        if asking(request) is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
