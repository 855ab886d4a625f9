"""A partnership's own cases: written, agreed by both sides, published, taken back; and peers to ring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.errors import ActForWhom, CommonwealError, PartnershipEnded
from commonweal.core.models import Organisation, Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.knowledge.actions.cases import (
    agree_case,
    end_peer,
    offer_peer,
    publish_case,
    rewrite_case,
    side_of_case,
    withdraw_case,
    write_case,
)
from commonweal.knowledge.cases import titles
from commonweal.knowledge.forms_cases import CaseForm, OfferPeer, written
from commonweal.knowledge.models import SeenBy
from commonweal.knowledge.queries import cases as asked
from commonweal.present.forms import tried

ASKS = ("GET", "HEAD", "POST")


def _shown(request: HttpRequest, name: str, view: PartnershipView, **more: Any) -> HttpResponse:
    return render(request, f"knowledge/cases/{name}.html", {"view": view, "invented": view.invented, **more})


@login_required
@require_safe
def listed(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The partnership's own cases and how far each has come."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return _shown(request, "own_list", view, cases=asked.own_cases(viewer, partnership),
                  may_write=viewer.may(Permission.BRING_EVIDENCE, partnership))


@login_required
@require_http_methods(ASKS)
def write(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """A first draft."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    sides = [(one.id, one.name) for one in view.seats]
    form = CaseForm(request.POST if request.method == "POST" else None, sides=sides)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = tried(form, lambda: write_case(
            by=viewer, partnership=Partnership.objects.get(pk=partnership), said=form.said(),
            client=Organisation.objects.get(pk=told["client"]),
            provider=Organisation.objects.get(pk=told["provider"]),
        ))
        if made is not None:
            messages.success(request, "Kept as a draft. Both sides read it now.")
            return redirect("knowledge:own-case", partnership=partnership, case=made.pk)
    return _shown(request, "write", view, form=form, heading="Write a case")


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, case: UUID) -> HttpResponse:
    """One case in its newest text, and what each side can do now."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    own = asked.own_case(viewer, partnership, case)
    return _shown(request, "own_case", view, own=own, case=own.case, not_known=titles("missing"),
                  may_agree=own.waits_for_me and viewer.may(Permission.DISCUSS, partnership),
                  may_write=bool(own.my_side) and viewer.may(Permission.BRING_EVIDENCE, partnership),
                  may_withdraw=bool(own.my_side) and viewer.may(Permission.DISCUSS, partnership))


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, case: UUID) -> HttpResponse:
    """A new text, which both sides read anew."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = asked.case_row(viewer, partnership, case)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    side_of_case(viewer, row)
    form = CaseForm(request.POST if request.method == "POST" else None, fixed=True,
                    initial=written(asked.newest_text(row)))
    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, lambda: rewrite_case(by=viewer, case=row, said=form.said())) is not None:
        messages.success(request, "Kept. Both sides read the new text now.")
        return redirect("knowledge:own-case", partnership=partnership, case=case)
    return _shown(request, "write", view, form=form, heading="Change the case")


@login_required
@require_POST
def agree(request: HttpRequest, partnership: UUID, case: UUID) -> HttpResponse:
    """One's side agrees to the text it has read."""
    viewer = viewer_from(request)
    row = asked.case_row(viewer, partnership, case)
    number = request.POST.get("number", "")
    return _done(request, partnership, case, "Your side agrees to this text.", lambda: agree_case(
        by=viewer, case=row, number=int(number) if number.isdecimal() and len(number) < 9 else 0
    ))


@login_required
@require_POST
def publish(request: HttpRequest, partnership: UUID, case: UUID) -> HttpResponse:
    """Put it into the library."""
    viewer = viewer_from(request)
    row = asked.case_row(viewer, partnership, case)
    said = "Published in the library."
    return _done(request, partnership, case, said, lambda: publish_case(by=viewer, case=row))


@login_required
@require_POST
def withdraw(request: HttpRequest, partnership: UUID, case: UUID) -> HttpResponse:
    """Take it out of the library."""
    viewer = viewer_from(request)
    row = asked.case_row(viewer, partnership, case)
    said = "Taken out of the library. Files already downloaded cannot be called back."
    return _done(request, partnership, case, said, lambda: withdraw_case(by=viewer, case=row))


@login_required
@require_http_methods(ASKS)
def peers(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Who may be rung, and offering oneself."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    known = [(one.key, one.title) for one in asked.cases_for(viewer)]
    form = OfferPeer(request.POST if request.method == "POST" else None, cases=known)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: offer_peer(
            by=viewer, partnership=Partnership.objects.get(pk=partnership), about=told["about"],
            reach=told["reach"], until=told["until"], case=told["case"], seen_by=SeenBy(told["seen_by"]),
        )) is not None:
            messages.success(request, "Thank you. Peers can find you now.")
            return redirect("knowledge:peers", partnership=partnership)
    return _shown(request, "peers", view, form=form, peers=asked.peers_here(viewer, partnership),
                  may_offer=bool(viewer.organisations_in(partnership)))


@login_required
@require_POST
def end(request: HttpRequest, partnership: UUID, offer: UUID) -> HttpResponse:
    """End one's own offer."""
    viewer = viewer_from(request)
    end_peer(by=viewer, offer=asked.peer_row(viewer, partnership, offer))
    messages.success(request, "Nobody sees it any more, and nothing of it is kept.")
    return redirect("knowledge:peers", partnership=partnership)


def _done(
    request: HttpRequest, partnership: UUID, case: UUID, said: str, deed: Callable[[], object]
) -> HttpResponse:
    try:
        deed()
    except (ActForWhom, PartnershipEnded):
        raise
    except CommonwealError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("knowledge:own-case", partnership=partnership, case=case)
