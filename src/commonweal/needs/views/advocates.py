"""Who else says so: written down, agreed to, withdrawn; and the page where an advocate answers for themself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.needs.actions.advocate import (
    add_advocate,
    advocate_of,
    answer_for_oneself,
    record_consent,
    withdraw_advocate,
)
from commonweal.needs.forms_advocate import AddAdvocate, AnswerForOneself, Consented
from commonweal.needs.queries.advocates import advocate_card, advocate_row
from commonweal.needs.queries.making_case import case_to
from commonweal.present.forms import tried

ASKS = ("GET", "HEAD", "POST")
ONLY_OURS = " Only your organisation sees it until they agree."


@login_required
@require_http_methods(ASKS)
def add(request: HttpRequest, partnership: UUID, organisation: UUID) -> HttpResponse:
    """Write down somebody who speaks for the case to one partner."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    partner = case_to(viewer, partnership, organisation).partner
    require(viewer, Permission.DISCUSS, partnership)
    form = AddAdvocate(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        made = tried(form, lambda: add_advocate(by=viewer, partnership=there, partner=organisation,
                                                told=form.told(), consent=form.consent()))
        if made is not None:
            messages.success(request, f"Kept.{'' if made.agreed_on else ONLY_OURS}")
            return redirect("needs:case", partnership=partnership, organisation=organisation)
    context = {"view": view, "invented": view.invented, "form": form, "partner": partner,
               "heading": "Add somebody who says so"}
    return render(request, "needs/case/advocate.html", context)


@login_required
@require_http_methods(ASKS)
def consent(request: HttpRequest, partnership: UUID, advocate: UUID) -> HttpResponse:
    """What an advocate agreed to since."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = advocate_row(viewer, partnership, advocate)
    require(viewer, Permission.DISCUSS, partnership)
    partner = case_to(viewer, partnership, row.partner_id).partner
    form = Consented(request.POST if request.method == "POST" else None, initial={"reach": row.reach})
    if request.method == "POST" and form.is_valid():
        answer = form.consent()
        if tried(form, lambda: record_consent(by=viewer, advocate=row, consent=answer) or True):
            messages.success(request, "Kept.")
            return redirect("needs:case", partnership=partnership, organisation=row.partner_id)
    context = {"view": view, "invented": view.invented, "form": form, "partner": partner,
               "heading": "What they agreed to", "card": advocate_card(viewer, row)}
    return render(request, "needs/case/advocate.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, partnership: UUID, advocate: UUID) -> HttpResponse:
    """Their name and words are taken out."""
    viewer = viewer_from(request)
    row = advocate_row(viewer, partnership, advocate)
    withdraw_advocate(by=viewer, advocate=row)
    messages.success(request, "Taken out, from old copies too. Files that people already have stay as they are.")
    return redirect("needs:case", partnership=partnership, organisation=row.partner_id)


@require_http_methods(ASKS)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Where somebody reads what is held under their name, and says how far it may be shown."""
    row = advocate_of(token)
    form = AnswerForOneself(request.POST if request.method == "POST" else None, initial={"reach": row.reach})
    gone = False
    if request.method == "POST" and form.is_valid():
        given = form.answer()
        answer_for_oneself(by=viewer_from(request), token=token, reach=given)
        gone = given is None
        if not gone:
            messages.success(request, "Thank you. You can change this here at any time.")
            return redirect("needs:advocate-answer", token=token)
    context = {"row": row, "form": form, "gone": gone, "invented": row.partnership.invented}
    return render(request, "needs/case/answer.html", context)
