"""What could be done together, proposals, and joining them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.agreements.actions.joint import join_proposal, leave_proposal, propose_joint, withdraw_proposal
from commonweal.agreements.forms_joint import Join, Propose
from commonweal.agreements.queries.alike import alike
from commonweal.agreements.queries.joint import opportunities_for, opportunity_for, words
from commonweal.agreements.queries.proposals import proposal_for, proposal_row, proposals_for
from commonweal.core.errors import ActForWhom, CommonwealError, PartnershipEnded
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.present.forms import tried

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def listed(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What the agreements suggest, and what is proposed."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "found": opportunities_for(viewer, partnership),
        "proposals": proposals_for(viewer, partnership), "method": words()["method"],
        "alike": alike(partnership).names,
        "may": viewer.may(Permission.DISCUSS, partnership),
    }
    return render(request, "agreements/joint/listed.html", context)


@login_required
@require_http_methods(ASKS)
def propose(request: HttpRequest, partnership: UUID, key: str) -> HttpResponse:
    """Propose one of them to the partners."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.DISCUSS, partnership)
    found = opportunity_for(viewer, partnership, key)
    form = Propose(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        made = tried(form, lambda: propose_joint(by=viewer, partnership=there, key=key,
                                                 about=form.cleaned_data["about"]))
        if made is not None:
            messages.success(request, "Proposed. Others can join.")
            return redirect("agreements:together-one", partnership=partnership, proposal=made.pk)
    context = {"view": view, "invented": view.invented, "form": form, "heading": found.title,
               "button": "Propose it"}
    return render(request, "agreements/joint/form.html", context)


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, proposal: UUID) -> HttpResponse:
    """A page to join from."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "one": proposal_for(viewer, partnership, proposal),
               "method": words()["method"], "form": Join()}
    return render(request, "agreements/joint/one.html", context)


@login_required
@require_POST
def join(request: HttpRequest, partnership: UUID, proposal: UUID) -> HttpResponse:
    """One's own organisation joins."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row, form = proposal_row(viewer, partnership, proposal), Join(request.POST)
    wants = form.cleaned_data["wants"] if form.is_valid() else request.POST.get("wants", "")
    return _done(request, row.partnership_id, row.pk, "You have joined.",
                 lambda: join_proposal(by=viewer, proposal=row, wants=wants))


@login_required
@require_POST
def leave(request: HttpRequest, partnership: UUID, proposal: UUID) -> HttpResponse:
    """It binds nobody."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = proposal_row(viewer, partnership, proposal)
    return _done(request, partnership, proposal, "You have left.", lambda: leave_proposal(by=viewer, proposal=row))


@login_required
@require_POST
def withdraw(request: HttpRequest, partnership: UUID, proposal: UUID) -> HttpResponse:
    """By whoever leads it."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = proposal_row(viewer, partnership, proposal)
    return _done(request, partnership, proposal, "Withdrawn.", lambda: withdraw_proposal(by=viewer, proposal=row))


def _done(
    request: HttpRequest, partnership: UUID, proposal: UUID, said: str, deed: Callable[[], object]
) -> HttpResponse:
    try:
        deed()
    except (ActForWhom, PartnershipEnded):
        raise
    except CommonwealError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("agreements:together-one", partnership=partnership, proposal=proposal)
