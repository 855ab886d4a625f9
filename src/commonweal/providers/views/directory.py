"""The directory and one entry of it, as whoever looks may see them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.queries.places import Found as Place
from commonweal.core.queries.places import look_up
from commonweal.core.viewer import Viewer, viewer_from
from commonweal.present.export_csv import csv_of
from commonweal.present.table import DataTable, text_column
from commonweal.providers.forms import Find
from commonweal.providers.needs_asked import needs_of
from commonweal.providers.own_lines import lines_for
from commonweal.providers.queries.directory import (
    MOST_EXPORTED,
    Asked,
    Found,
    became,
    counted_only,
    entry_for,
    find_providers,
    listed,
    matching,
)
from commonweal.providers.queries.pairs import waiting_pairs
from commonweal.providers.queries.places import districts_under
from commonweal.providers.queries.profiles import profile_of


@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """All that is public, or more for whoever may see more."""
    viewer = viewer_from(request)
    asked, lost = asked_of(request, viewer, ())
    found = find_providers(viewer, asked)
    return render(request, "providers/directory.html",
                  _context(Find(request.GET or None), asked, found) | {"lost": lost})


@login_required
@require_safe
def here(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The same for the places of a partnership."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    form, asked, lost = asked_here(request, viewer, view)
    found = find_providers(viewer, asked)
    may_bring = viewer.may(Permission.UPLOAD, partnership)
    context = _context(form, asked, found) | {
        "view": view, "invented": view.invented, "lost": lost, "may_bring": may_bring,
        "pairs": waiting_pairs(viewer, partnership) if may_bring else 0,
        "ours": viewer.organisation_in(partnership) is not None,
    }
    return render(request, "providers/directory.html", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """What was found, as a file."""
    viewer = viewer_from(request)
    return _csv(viewer, asked_of(request, viewer, ())[0])


@login_required
@require_safe
def here_csv(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The same for the places of a partnership."""
    viewer = viewer_from(request)
    return _csv(viewer, asked_here(request, viewer, partnership_for(viewer, partnership))[1])


@require_safe
def one(request: HttpRequest, provider: UUID) -> HttpResponse:
    """One body: what it says, and what each register says of it."""
    viewer = viewer_from(request)
    try:
        entry = entry_for(viewer, provider)
    except NotFound:
        into = became(viewer, provider)
        if into is None:
            raise
        return redirect("providers:one", provider=into)
    there = [one.partnership for one in viewer.grants] if entry.mine else []
    own = [line for one in dict.fromkeys(there) for line in lines_for(viewer, one)
           if viewer.organisation_in(one) == entry.organisation]
    context = {"entry": entry, "profile": profile_of(provider), "invented": entry.example, "own_lines": own}
    return render(request, "providers/one.html", context)


def asked_here(request: HttpRequest, viewer: Viewer, view: PartnershipView) -> tuple[Find, Asked, str]:
    """The form of a partnership's own places, what it asks, and the sentence for a place that is not known."""
    needs = needs_of(viewer, view.id)
    places = tuple(one.code for one in view.places if one.code)
    asked, lost = asked_of(request, viewer, places, invented=view.invented)
    chosen = next((one for one in needs if str(one.id) == request.GET.get("need")), None)
    form = Find(request.GET or None, needs=needs)
    return form, replace(asked, any_of=chosen.classes) if chosen else asked, lost


def asked_of(
    request: HttpRequest, viewer: Viewer, districts: tuple[str, ...], *, invented: bool = False
) -> tuple[Asked, str]:
    """What the address asks for, and the sentence for a place that is not known."""
    get = request.GET
    lost = ""
    named = get.get("place", "")[:100].replace("\x00", "").strip()
    if named and not invented:
        place = look_up(viewer, named)
        if isinstance(place, Place):
            districts = districts_under(place.code)
        else:
            lost, districts = place.sentence, ("none",)
    page = get.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    words, kind, does, group = (get.get(name, "")[:100] for name in ("q", "kind", "does", "group"))
    return Asked(words, districts, kind, does, group, example=invented, page=number), lost


def query_of(form: Find) -> str:
    """What was looked for, as an address carries it."""
    return urlencode({name: value for name, value in form.data.items() if value and name in form.fields})


def _context(form: Find, asked: Asked, found: Found) -> dict[str, Any]:
    query = query_of(form)
    more = "" if query else counted_only(example=asked.example)
    return {"form": form, "found": found, "asked": asked, "counted": more, "query": query, "looked": bool(query)}


def _csv(viewer: Viewer, asked: Asked) -> HttpResponse:
    rows = listed(list(matching(viewer, asked).order_by("name", "id")[:MOST_EXPORTED]))
    columns = tuple(text_column(name) for name in ("Name", "Kind", "District", "Postcode", "What they do", "Id"))
    table = DataTable("Organisations", columns, tuple(
        (row.name, row.kind, row.place, row.postcode, ", ".join(row.does), str(row.id)) for row in rows))
    answer = HttpResponse(csv_of(table), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="organisations.csv"'
    return answer
