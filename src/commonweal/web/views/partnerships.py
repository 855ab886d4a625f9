"""A partnership's home: what waits, how the cycle stands, and the places it works for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.actions.partnerships import add_place
from commonweal.core.asked_once import each_asked_once
from commonweal.core.cycle import cycle_for
from commonweal.core.errors import PartnershipEnded, Refused
from commonweal.core.home_links import home_sections
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import (
    PlaceCard,
    ended_partnership,
    ended_partnerships_of,
    partnership_for,
    partnerships_of,
)
from commonweal.core.queries.places import NoPlace, look_up
from commonweal.core.viewer import require, viewer_from
from commonweal.core.waiting import waiting_for
from commonweal.web.forms import PlaceSearch
from commonweal.web.posting import answers
from commonweal.web.stage_links import place_address


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Straight to the one partnership, a choice of several, or how to begin."""
    viewer = viewer_from(request)
    found = partnerships_of(viewer)
    if len(found) == 1:
        return redirect("web:partnership", partnership=found[0].id)
    context = {"partnerships": found, "ended": ended_partnerships_of(viewer)}
    return render(request, "web/partnership/choose.html", context)


@login_required
@require_safe
@each_asked_once()
def partnership(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """One partnership; where it has ended, one page for those who were in it."""
    viewer = viewer_from(request)
    try:
        view = partnership_for(viewer, partnership)
    except PartnershipEnded:
        page = ended_partnership(viewer, partnership)
        return render(request, "web/partnership/ended.html", {"page": page, "invented": page.invented})
    steps = cycle_for(viewer, partnership)
    context = {
        "view": view,
        "invented": view.invented,
        "places": [_linked(place) for place in view.places],
        "waiting": waiting_for(viewer, partnership),
        "steps": [step for step in steps if step.href],
        "shut": [step for step in steps if not step.href],
        "ways": home_sections(viewer, partnership),
        "may_upload": viewer.may(Permission.UPLOAD, partnership),
        "may_see_files": viewer.may(Permission.VIEW_JOBS, partnership),
        "may_manage": viewer.may(Permission.MANAGE_PARTNERSHIP, partnership), "signers": view.signers(viewer),
    }
    return render(request, "web/partnership/partnership.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The places, and a box to add one."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    may_manage = viewer.may(Permission.MANAGE_PARTNERSHIP, partnership)
    form = PlaceSearch(*answers(request))
    context = {
        "view": view, "form": form, "may_manage": may_manage, "invented": view.invented,
        "places": [_linked(place) for place in view.places],
    }
    if request.method == "POST":
        require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    if request.method == "POST" and form.is_valid():
        answer = look_up(viewer, form.cleaned_data["q"])
        if isinstance(answer, NoPlace):
            form.add_error("q", answer.sentence)
            return render(request, "web/partnership/places.html", {**context, "nearest": answer.nearest})
        try:
            add_place(
                by=viewer, partnership=Partnership.objects.get(pk=partnership), kind=answer.kind, code=answer.code,
                vintage=answer.vintage, name=answer.name,
            )
        except Refused as refusal:
            form.add_error("q", str(refusal))
        else:
            messages.success(request, f"{answer.name} is now a place of {view.name}. {answer.note}".strip())
            return redirect("web:places", partnership=partnership)
    return render(request, "web/partnership/places.html", context)


def _linked(place: PlaceCard) -> dict[str, object]:
    return {"place": place, "href": place_address(place.code) if place.code else ""}


@login_required
@require_safe
def member(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """One page for somebody with fifteen minutes: only what awaits them, and a lesson."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "waiting": waiting_for(viewer, partnership)}
    return render(request, "web/partnership/member.html", context)
