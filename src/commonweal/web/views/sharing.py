"""Data that organisations hold, and the agreements by which they share it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.actions.sharing import (
    describe_data,
    end_agreement,
    rewrite_agreement,
    sign_agreement,
    write_agreement,
)
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.held_numbers import numbers_of
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.sharing import (
    AgreementView,
    HeldView,
    How,
    agreement_for,
    agreement_row,
    agreements_for,
    held_for,
    held_one,
)
from commonweal.core.queries.sharing_impact import wait_for
from commonweal.core.viewer import Viewer, acted_for, require, viewer_from
from commonweal.needs.queries.skills import About, helpers_with
from commonweal.policy.lawful_basis import bases, conditions, law
from commonweal.web.forms_sharing import DescribeData, EndAgreement, RewriteAgreement, WriteAgreement
from commonweal.web.pooled_table import pooled_table

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def sharing(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What the viewer's organisation holds and is opened to, and its agreements."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    context = {
        "view": view, "invented": view.invented, "held": _seen(viewer, partnership),
        "agreements": agreements_for(viewer, partnership),
        "may_describe": viewer.may(Permission.BRING_EVIDENCE, partnership),
        "may_agree": viewer.may(Permission.AGREE, partnership), "signers": view.signers(viewer),
    }
    return render(request, "web/sharing/sharing.html", context)


@login_required
@require_safe
def held(request: HttpRequest, partnership: UUID, held: UUID) -> HttpResponse:
    """One data set, as far as it is shared; each reading under an agreement is written down first."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    purpose = purpose_of(viewer, partnership, held)
    found = held_one(viewer, partnership, held, purpose)
    context = {
        "view": view, "invented": view.invented, "held": found, "purpose": purpose,
        "pooled": pooled_table(numbers_of(viewer, view, found, purpose)),
        "may_bring": found.how is How.OWN and viewer.may(Permission.BRING_EVIDENCE, partnership),
        "help": helpers_with(viewer, partnership, About(held=held)),
    }
    return render(request, "web/sharing/held.html", context)


@login_required
@require_http_methods(ASKS)
def describe(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Describe data that one's organisation holds."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    form = DescribeData(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            home = Partnership.objects.get(pk=partnership)
            describe_data(by=viewer, partnership=home, described=form.described())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is described. Nobody else sees it until an agreement opens it.")
            return redirect("web:sharing", partnership=partnership)
    return _asked(request, view, form, "Describe data you hold", "Keep the description")


@login_required
@require_http_methods(ASKS)
def write(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Write an agreement by which one's own organisation gives."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.AGREE, partnership)
    own = acted_for(viewer, partnership)
    others = [(seat.id, seat.name) for seat in view.seats if seat.id != own]
    sets = [one for one in held_for(viewer, partnership, Purpose.ASSESSMENT) if one.how is How.OWN]
    form = WriteAgreement(sets, others, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and own is not None:
        try:
            made = write_agreement(
                by=viewer, partnership=Partnership.objects.get(pk=partnership), title=form.cleaned_data["title"],
                giver=own, taker=UUID(form.cleaned_data["taker"]), terms=form.terms(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The agreement is written. Nothing opens until both have signed it.")
            return redirect("web:agreement", partnership=partnership, agreement=made.identity_id)
    return _asked(request, view, form, "Write a sharing agreement", "Save the agreement", nothing=not sets)


@login_required
@require_safe
def agreement(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """One agreement: what it says, who has signed, every use of what it opens."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    found = agreement_for(viewer, partnership, agreement, before=request.GET.get("before", ""))
    may = viewer.may(Permission.AGREE, partnership) and found.ended is None
    context = {
        "view": view, "invented": view.invented, "agreement": found, "law": law(), "may_change": may,
        "waits": wait_for(viewer, found),
        "basis": bases().get(found.latest.row.basis), "condition": conditions().get(found.latest.row.condition),
    }
    return render(request, "web/sharing/agreement.html", context)


@login_required
@require_http_methods(ASKS)
def rewrite(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """Write the terms anew; the version in force stays until both have signed the new one."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = agreement_for(viewer, partnership, agreement)
    require(viewer, Permission.AGREE, partnership)
    form = RewriteAgreement(
        _choices(viewer, partnership, found), request.POST if request.method == "POST" else None,
        initial=_before(found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = rewrite_agreement(
                by=viewer, agreement=found.row, over=form.cleaned_data["over"],
                terms=form.terms(form.cleaned_data["reason"]),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Version {made.number} is written. Both are asked to sign it.")
            return redirect("web:agreement", partnership=partnership, agreement=agreement)
    return _asked(request, view, form, f"Write anew: {found.card.title}", "Save the new version", card=found.card)


@login_required
@require_POST
def sign(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """Sign the version that was read."""
    viewer = viewer_from(request)
    row = agreement_row(viewer, partnership, agreement)
    try:
        number = int(request.POST.get("number", ""))
    except ValueError:
        number = 0
    try:
        sign_agreement(by=viewer, agreement=row, number=number)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Your organisation has signed this version.")
    return redirect("web:agreement", partnership=partnership, agreement=agreement)


@login_required
@require_http_methods(ASKS)
def end(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """End it at once."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = agreement_for(viewer, partnership, agreement)
    require(viewer, Permission.AGREE, partnership)
    form = EndAgreement(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_agreement(by=viewer, agreement=found.row, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is ended. What it opened is closed.")
            return redirect("web:agreement", partnership=partnership, agreement=agreement)
    lead = f"{found.card.taker} sees no more of it. Shown afterwards: {found.survives.lower()}."
    return _asked(request, view, form, f"End: {found.card.title}", "End it now", card=found.card, lead=lead,
                  warning=True)


def _asked(
    request: HttpRequest, view: Any, form: Any, heading: str, button: str, **more: Any
) -> HttpResponse:
    context = {"view": view, "invented": view.invented, "form": form, "heading": heading, "button": button, **more}
    return render(request, "web/sharing/form.html", context)


def _seen(viewer: Viewer, partnership: UUID) -> list[HeldView]:
    """What is seen for any purpose, each once."""
    found: dict[UUID, HeldView] = {}
    for purpose in Purpose:
        for one in held_for(viewer, partnership, purpose):
            found.setdefault(one.id, one)
    return list(found.values())


def purpose_of(viewer: Viewer, partnership: UUID, held: UUID) -> Purpose:
    """The first purpose for which the viewer sees it; NotFound where there is none."""
    for purpose in Purpose:
        if any(one.id == held for one in held_for(viewer, partnership, purpose)):
            return purpose
    raise NotFound("There is no such data, or no agreement in force opens it to your organisation.")


def _choices(viewer: Viewer, partnership: UUID, found: AgreementView) -> list[HeldView]:
    """What may be shared: the giver's own data for the giver; for the taker what the version already shares."""
    own = acted_for(viewer, partnership)
    if own is None:
        raise NotAllowed("Only people of an organisation in the partnership can do this.")
    mine = [one for one in held_for(viewer, partnership, Purpose.ASSESSMENT) if one.how is How.OWN]
    return mine if own == found.row.giver_id else found.latest_sets()


def _before(found: AgreementView) -> dict[str, Any]:
    row = found.latest.row
    names = ("purposes", "why", "basis", "condition", "giver_role", "taker_role", "start", "end", "review",
             "retention", "contact", "survives", "linking")
    shared = [f"{one.held_id}:{name}" for one in row.sets.all() for name in one.fields]
    return {name: getattr(row, name) for name in names} | {"shared": shared, "over": row.number}
