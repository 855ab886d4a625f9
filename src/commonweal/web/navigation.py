"""The few ways on that stand at the top of every page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Way:
    """One item of the menu; `current` is this very page, `active` a page above it."""

    text: str
    href: str
    current: bool
    active: bool


def navigation(request: HttpRequest, viewer: Viewer) -> tuple[Way, ...]:
    """The menu for this viewer, where they are marked."""
    everybody = (("Choose a place", "web:start", "/place/"), ("Data sets", "web:data", "/data/"),
                 ("Search", "web:search", "/search/"))
    signed_in = (
        ("Your partnership", "web:home", "/partnership/"), ("Background work", "web:jobs", "/jobs/"),
        ("Your account", "web:account", "/account/"),
    )
    ways: tuple[tuple[str, str, str], ...]
    ways = (*everybody, ("Help", "web:help", "/help/"), ("Sign in", "account_login", "/account/"))
    if not viewer.anonymous:
        ways = (*everybody, *signed_in, ("Help", "web:help", "/help/"))
    return tuple(_way(request.path, text, reverse(route), below) for text, route, below in ways)


def _way(path: str, text: str, href: str, below: str) -> Way:
    current = path == href
    return Way(text, href, current, not current and path.startswith(below))
