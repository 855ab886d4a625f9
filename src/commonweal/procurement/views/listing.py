"""What a commission's own partners publish of it, and who said that they might take part."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.departments import departments_in
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.present.forms import tried
from commonweal.procurement.actions.pipeline import ListingSaid, erase_interest, publish_listing, withdraw_listing
from commonweal.procurement.forms_pipeline import PublishListing
from commonweal.procurement.models import Listing
from commonweal.procurement.queries.commissions import commission_for, commission_row
from commonweal.procurement.queries.pipeline import interest_row, interests_in, listing_of

HELD = ("plain", "size", "engage_at", "engage_where", "interest_by", "contact")


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def publish(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Put it in the public calendar: everything on this page is read by everybody."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    held = listing_of(viewer, partnership, commission)
    departments = [(str(one.id), one.name) for one in departments_in(viewer, partnership, card.organisation)]
    form = PublishListing(request.POST if request.method == "POST" else None, departments=departments,
                          initial=_held(held) if held else {"plain": card.purpose})
    if request.method == "POST" and form.is_valid():
        row, given = commission_row(viewer, partnership, commission), form.cleaned_data
        said = ListingSaid(**{name: given[name] for name in HELD}, department=(
            UUID(given["department"]) if given.get("department") else None))
        if tried(form, lambda: publish_listing(by=viewer, commission=row, said=said)) is not None:
            messages.success(request, "It is in the public calendar.")
            return redirect("procurement:interests", partnership=partnership, commission=commission)
    context = {"view": view, "invented": view.invented, "card": card, "form": form, "held": held}
    return render(request, "procurement/coming/publish.html", context)


@login_required
@require_safe
def interests(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Who said that they might take part."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    cards = interests_in(viewer, partnership, commission)
    context = {"view": view, "invented": view.invented, "card": card, "cards": cards,
               "listing": listing_of(viewer, partnership, commission)}
    return render(request, "procurement/coming/interests.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Take it out of the calendar."""
    viewer = viewer_from(request)
    found = listing_of(viewer, partnership, commission)
    if found is None:
        raise NotFound("It is not in the calendar.")
    withdraw_listing(by=viewer, listing=found)
    messages.success(request, "It is out of the calendar. Copies that people have stay as they are.")
    return redirect("procurement:commission", partnership=partnership, commission=commission)


@login_required
@require_POST
def erase(request: HttpRequest, partnership: UUID, commission: UUID, interest: UUID) -> HttpResponse:
    """Take out who somebody was."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    erase_interest(by=viewer, interest=interest_row(viewer, partnership, interest))
    messages.success(request, "Taken out.")
    return redirect("procurement:interests", partnership=partnership, commission=commission)


def _held(row: Listing) -> dict[str, Any]:
    return {name: getattr(row, name) for name in HELD} | {"department": str(row.department_id or "")}
