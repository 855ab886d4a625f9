"""Pages of a trust's own workbook before it bids elsewhere."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.options.actions.bidding import answer_checklist, begin_bid, change_bid, remove_bid
from commonweal.options.forms_bidding import BID, BidForm, ChecklistForm
from commonweal.options.models import Bid
from commonweal.options.pages.bidding import bid_told
from commonweal.options.queries.bidding import bid_for, bid_row
from commonweal.options.views.asking import ASKS, Ask, as_file, asked


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, bid: UUID) -> HttpResponse:
    """Bid or no bid."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = bid_for(viewer, partnership, bid)
    context = {"view": view, "invented": view.invented, "found": found, "told": bid_told(found)}
    return render(request, "options/money/bid.html", context)


@login_required
@require_safe
def file(request: HttpRequest, partnership: UUID, bid: UUID, ending: str) -> HttpResponse:
    """The board's page as Word or PDF, or the workbook."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    told = bid_told(bid_for(viewer, partnership, bid))
    return as_file(view, told, ending, name="bid-or-no-bid", short=True)


@login_required
@require_http_methods(ASKS)
def begin(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Begin a workbook."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    form = BidForm(request.POST if request.method == "POST" else None, initial={"quality_weight": 60})
    ask = Ask("Bid or no bid", reverse("options:money", args=[partnership]), "Money and risk",
              "Only people of your own organisation see this.")
    return asked(request, view, form, ask=ask, deed=lambda: _to(begin_bid(
        by=viewer, partnership=Partnership.objects.get(pk=partnership), said=form.said())))


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, bid: UUID) -> HttpResponse:
    """Plan it anew."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    row = bid_row(viewer, partnership, bid)
    shown = {name: getattr(row, name) for name in BID}
    form = BidForm(request.POST if request.method == "POST" else None, initial=shown)
    return asked(request, view, form, ask=Ask("Change the plan", _to(row), row.title), deed=lambda: _to(
        change_bid(by=viewer, bid=row, said=form.said())))


@login_required
@require_http_methods(ASKS)
def checklist(request: HttpRequest, partnership: UUID, bid: UUID) -> HttpResponse:
    """Answer the checklist."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = bid_for(viewer, partnership, bid)
    row = bid_row(viewer, partnership, bid)
    form = ChecklistForm(found.checks, request.POST if request.method == "POST" else None)
    return asked(request, view, form, ask=Ask("Before you bid", _to(row), row.title), deed=lambda: _to(
        answer_checklist(by=viewer, bid=row, answers=form.answers())))


@login_required
@require_POST
def remove(request: HttpRequest, partnership: UUID, bid: UUID) -> HttpResponse:
    """Delete a workbook."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    remove_bid(by=viewer, bid=bid_row(viewer, partnership, bid))
    messages.success(request, "The workbook is deleted.")
    return redirect("options:money", partnership=partnership)


def _to(bid: Bid) -> str:
    return reverse("options:bid", args=[bid.partnership_id, bid.pk])
