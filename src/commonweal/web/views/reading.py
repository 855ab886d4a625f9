"""Who read what in a partnership, for its administrators."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.http import require_safe

from commonweal.core.queries.reading import readings
from commonweal.core.viewer import viewer_from
from commonweal.web.views.protection import administered, around


@login_required
@require_safe
def reading(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Who read what in the partnership."""
    view = administered(request, partnership)
    about = request.GET.get("about", "").strip()[:60]
    found = readings(viewer_from(request), partnership, about=about)
    rows = [(one, said_of(one.route)) for one in found]
    return render(request, "web/protection/reading.html", {**around(view), "rows": rows, "about": about})


@cache
def _told() -> dict[str, str]:
    told: dict[str, str] = {}

    def walk(resolver: URLResolver, space: str) -> None:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
            elif isinstance(entry, URLPattern) and entry.name:
                said = (getattr(entry.callback, "__doc__", "") or "").strip().split("\n")[0].rstrip(".")
                told[f"{space}{entry.name}"] = said

    walk(get_resolver(), "")
    return told


def said_of(route: str) -> str:
    """A page in the words its own view is described with; its name where it is not."""
    return _told().get(route) or route.replace(":", ": ").replace("-", " ")
