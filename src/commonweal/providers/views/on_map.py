"""The directory as a map: the same search, drawn; whoever is not in the list is not on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, viewer_from
from commonweal.lake.place_rows import listed as listed_names
from commonweal.providers.forms import Find
from commonweal.providers.pictures import MapView, map_view
from commonweal.providers.queries.directory import Asked
from commonweal.providers.queries.on_map import TooLarge, on_map
from commonweal.providers.queries.places import district_names
from commonweal.providers.views.directory import asked_here, asked_of, query_of

NAMED = 3


@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """All that is public in one place; which place is asked first."""
    viewer = viewer_from(request)
    asked, lost = asked_of(request, viewer, ())
    form = Find(request.GET or None)
    return render(request, "providers/map.html", _context(viewer, form, asked, lost))


@login_required
@require_safe
def here(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The same for the places of a partnership."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    form, asked, lost = asked_here(request, viewer, view)
    return render(request, "providers/map.html", _context(viewer, form, asked, lost) | {
        "view": view, "invented": view.invented})


def _context(viewer: Viewer, form: Find, asked: Asked, lost: str) -> dict[str, object]:
    found: MapView | None = None
    if asked.districts and not lost:
        names = sorted(district_names(asked.districts).values())
        place = listed_names(names) if len(names) <= NAMED else f"{len(names)} districts"
        try:
            found = map_view(on_map(viewer, asked), place)
        except TooLarge as why:
            lost = str(why)
    return {"form": form, "found": found, "lost": lost, "query": query_of(form)}
