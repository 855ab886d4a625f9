"""Neighbourhoods of a partnership's places: their wards, who speaks for them, their money."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.actions.neighbourhoods import (
    add_neighbourhood,
    change_neighbourhood,
    end_neighbourhood,
    set_budget,
)
from commonweal.core.errors import CommonwealError, NotFound, Refused
from commonweal.core.models import Neighbourhood, Organisation, PartnershipPlace
from commonweal.core.permissions import Permission
from commonweal.core.queries.neighbourhoods import neighbourhood_of, neighbourhoods_in, places_to_divide
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.web.forms_neighbourhoods import AddNeighbourhood, BudgetForm, ChangeNeighbourhood
from commonweal.web.posting import answers


@login_required
@require_safe
def neighbourhoods(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """All of them, and the places with wards that are in none."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {
        "view": view, "found": neighbourhoods_in(viewer, partnership), "invented": view.invented,
        "places": places_to_divide(viewer, partnership),
        "may_manage": viewer.may(Permission.MANAGE_PARTNERSHIP, partnership),
    }
    return render(request, "web/partnership/neighbourhoods.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, partnership: UUID, place: UUID) -> HttpResponse:
    """Mark one out in a place."""
    viewer, view = _managed(request, partnership)
    there = next((one for one in places_to_divide(viewer, partnership) if one.id == place), None)
    if there is None:
        raise NotFound("There is no such place in this partnership.")
    form = AddNeighbourhood(view, there, *answers(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = add_neighbourhood(
                by=viewer, place=PartnershipPlace.objects.get(pk=place), name=said["name"], wards=said["wards"],
                speaker=_speaker(said["speaker"]),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{made.name} is a neighbourhood now. Its budget can be set next.")
            return redirect("web:neighbourhoods", partnership=partnership)
    context = {"view": view, "place": there, "form": form, "invented": view.invented}
    return render(request, "web/partnership/neighbourhood_add.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, partnership: UUID, neighbourhood: UUID) -> HttpResponse:
    """Another name, or another voice."""
    viewer, view, held = _held(request, partnership, neighbourhood)
    sent = answers(request)
    form = ChangeNeighbourhood(view, *sent) if sent else ChangeNeighbourhood(
        view, initial={"name": held.name, "speaker": str(held.speaker_id or "")}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            change_neighbourhood(
                by=viewer, neighbourhood=held, name=said["name"], speaker=_speaker(said["speaker"])
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{said['name']} has changed.")
            return redirect("web:neighbourhoods", partnership=partnership)
    context = {"view": view, "held": held, "form": form, "invented": view.invented, "title": f"Change {held.name}"}
    return render(request, "web/partnership/neighbourhood.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: HttpRequest, partnership: UUID, neighbourhood: UUID) -> HttpResponse:
    """Its money for a year."""
    viewer, view, held = _held(request, partnership, neighbourhood)
    form = BudgetForm(*answers(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = set_budget(by=viewer, neighbourhood=held, budget=form.budget())
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The budget of {held.name} for {made.year} is {made.money}.")
            return redirect("web:neighbourhoods", partnership=partnership)
    title = f"Set the budget of {held.name}"
    context = {"view": view, "held": held, "form": form, "invented": view.invented, "title": title}
    return render(request, "web/partnership/neighbourhood.html", context)


@login_required
@require_POST
def end(request: HttpRequest, partnership: UUID, neighbourhood: UUID) -> HttpResponse:
    """It is no more."""
    viewer, _, held = _held(request, partnership, neighbourhood)
    end_neighbourhood(by=viewer, neighbourhood=held)
    messages.success(request, f"{held.name} has ended. What was written of it is kept.")
    return redirect("web:neighbourhoods", partnership=partnership)


def _managed(request: HttpRequest, partnership: UUID) -> tuple[Viewer, PartnershipView]:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    return viewer, view


def _held(
    request: HttpRequest, partnership: UUID, neighbourhood: UUID
) -> tuple[Viewer, PartnershipView, Neighbourhood]:
    viewer, view = _managed(request, partnership)
    return viewer, view, neighbourhood_of(viewer, partnership, neighbourhood)


def _speaker(chosen: str) -> Organisation | None:
    return Organisation.objects.filter(pk=chosen).first() if chosen else None
