"""Organisations of a partnership: found by name before they are entered, their page, and their seat."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core import clock
from commonweal.core.actions.roles import heads
from commonweal.core.actions.seats import (
    NewOrganisation,
    call_off_change,
    change_seat,
    seat_known_organisation,
    seat_new_organisation,
)
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import (
    Organisation,
    OrganisationKind,
    Partnership,
    PartnershipOrganisation,
    SeatChange,
    SeatChangeKind,
)
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.departments import may_keep_departments
from commonweal.core.queries.organisations import organisation_in_partnership, organisations_called
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.web.forms_organisations import ChangeSeat, FindOrganisation, NewOrganisationForm
from commonweal.web.posting import answers


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Look for it; choose it, or enter it if it is not there."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    asked = request.GET.get("q", "").strip()[:300]
    finding = FindOrganisation({"q": asked}) if "q" in request.GET else FindOrganisation()
    form = NewOrganisationForm(*answers(request)) if request.method == "POST" else NewOrganisationForm(
        initial={"name": asked}
    )
    if request.method == "POST":
        chosen = request.POST.get("organisation")
        if chosen:
            return _seat_chosen(request, viewer, partnership, chosen)
        if form.is_valid():
            try:
                made = seat_new_organisation(
                    by=viewer, partnership=Partnership.objects.get(pk=partnership),
                    new=NewOrganisation(form.cleaned_data["name"], OrganisationKind(form.cleaned_data["kind"])),
                    signs_off=form.cleaned_data["signs_off"],
                )
            except Refused as refusal:
                form.add_error("name", str(refusal))
            else:
                return _welcomed(request, made)
    matches = organisations_called(viewer, partnership, asked) if asked else ()
    context = {
        "view": view, "finding": finding, "form": form, "asked": asked, "matches": matches,
        "invented": view.invented, "entering": bool(asked) or request.method == "POST",
    }
    return render(request, "web/partnership/add_organisation.html", context)


def _seat_chosen(request: HttpRequest, viewer: Viewer, partnership: UUID, chosen: str) -> HttpResponse:
    try:
        organisation = Organisation.objects.filter(pk=UUID(chosen)).first()
    except ValueError:
        organisation = None
    if organisation is None:
        raise NotFound("There is no such organisation to choose. Look for it by name, or enter it anew.")
    made = seat_known_organisation(
        by=viewer, partnership=Partnership.objects.get(pk=partnership), organisation=organisation,
        signs_off=request.POST.get("signs_off") == "on",
    )
    return _welcomed(request, made)


def _welcomed(request: HttpRequest, seat: PartnershipOrganisation) -> HttpResponse:
    messages.success(request, f"{seat.organisation.name} is in the partnership. Add its people next.")
    return redirect("web:organisation", partnership=seat.partnership_id, organisation=seat.organisation_id)


@login_required
@require_safe
def organisation(request: HttpRequest, partnership: UUID, organisation: UUID) -> HttpResponse:
    """Its seat and the seat's history, departments, people and numbers."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {
        "view": view, "page": organisation_in_partnership(viewer, partnership, organisation),
        "may_manage": viewer.may(Permission.MANAGE_PARTNERSHIP, partnership), "invented": view.invented,
        "keeps": may_keep_departments(viewer, organisation),
    }
    return render(request, "web/partnership/organisation.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest, partnership: UUID, organisation: UUID) -> HttpResponse:
    """Sign-off given or ended, or leaving."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    page = organisation_in_partnership(viewer, partnership, organisation)
    own = heads(viewer, Partnership.objects.get(pk=partnership), Organisation.objects.get(pk=organisation))
    form = ChangeSeat(page, *answers(request), own=own)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            change_seat(
                by=viewer, seat=PartnershipOrganisation.objects.get(pk=page.seat),
                what=SeatChangeKind(said["what"]), reason=said["reason"], day=said["day"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            later = said["day"] > clock.today()
            told = f"changes on {said['day']:%-d %B %Y}" if later else "has changed"
            messages.success(request, f"The seat of {page.name} {told}.")
            return redirect("web:people", partnership=partnership)
    context = {"view": view, "page": page, "form": form, "own": own, "invented": view.invented}
    return render(request, "web/partnership/seat.html", context)


@login_required
@require_POST
def call_off(request: HttpRequest, partnership: UUID, organisation: UUID, change: UUID) -> HttpResponse:
    """A change to come is not made after all."""
    viewer = viewer_from(request)
    page = organisation_in_partnership(viewer, partnership_for(viewer, partnership).id, organisation)
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    seen = SeatChange.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    found = seen.filter(pk=change, seat__organisation=organisation).first()
    if found is None:
        raise NotFound("There is no such change to its seat.")
    call_off_change(by=viewer, change=found)
    messages.success(request, f"The seat of {page.name} stays as it is.")
    return redirect("web:organisation", partnership=partnership, organisation=organisation)
