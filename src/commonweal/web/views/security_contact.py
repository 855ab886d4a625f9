"""Whom to tell of a weakness: /.well-known/security.txt, as RFC 9116 asks."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from commonweal.core import clock

GOOD_FOR = timedelta(days=180)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The contact that settings name; not found where they name none."""
    contact = settings.SECURITY_CONTACT or settings.CONTACT_EMAIL
    if not contact or any(one.isspace() for one in contact):
        raise Http404
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    address = reverse("web:security-txt")
    site = settings.SITE_ADDRESS
    canonical = f"{site}{address}" if site else request.build_absolute_uri(address)
    lines = (
        f"Contact: {contact}", f"Expires: {clock.now() + GOOD_FOR:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: en", f"Canonical: {canonical}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
