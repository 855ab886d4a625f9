"""The pages of the right to challenge: write one, decide on it, begin its competition, and the public list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.errors import NotAllowed
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.policy.challenging import consequences
from commonweal.present.forms import posted, tried
from commonweal.procurement.actions.challenging import (
    OURS,
    compete_for_challenged,
    decide_challenge,
    receive_challenge,
)
from commonweal.procurement.forms_challenge import DecideChallenge, WriteChallenge
from commonweal.procurement.forms_commission import BeginCommission
from commonweal.procurement.queries.challenges import (
    challenge_for,
    challenge_row,
    challenges_for,
    challenges_public,
    councils_of,
)
from commonweal.procurement.views.commissions import commission_said, offers_of

ASKS = ("GET", "HEAD", "POST")


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """What was decided and why, for everybody."""
    invented = request.GET.get("example") == "yes"
    cards = challenges_public(viewer_from(request), invented=invented)
    return render(request, "procurement/challenges/public.html", {
        "cards": cards, "invented": invented, "consequences": consequences()})


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Those that came to one's council, and those one's organisation sent."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "cards": challenges_for(viewer, partnership),
               "consequences": consequences()}
    return render(request, "procurement/challenges/list.html", context)


@login_required
@require_http_methods(ASKS)
def write(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Write one: one's own, or one that came to the council by letter."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    form = WriteChallenge(posted(request), councils=councils_of(viewer, partnership))
    if request.method == "POST" and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        made = tried(form, lambda: receive_challenge(by=viewer, partnership=there, said=form.said()))
        if made is not None:
            messages.success(request, "It is kept, and the council sees it.")
            return redirect("procurement:challenge", partnership=partnership, challenge=made.pk)
    return _form(request, view, form, "Challenge how a service is run", reverse(
        "procurement:challenges", args=[partnership]), "Right to challenge")


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, challenge: UUID) -> HttpResponse:
    """One challenge whole, and what became of it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "card": challenge_for(viewer, partnership, challenge)}
    return render(request, "procurement/challenges/one.html", context)


@login_required
@require_http_methods(ASKS)
def decide(request: HttpRequest, partnership: UUID, challenge: UUID) -> HttpResponse:
    """Accept it or turn it down."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card, row = challenge_for(viewer, partnership, challenge), challenge_row(viewer, partnership, challenge)
    if not card.ours:
        raise NotAllowed(OURS)
    form = DecideChallenge(posted(request))
    if request.method == "POST" and form.is_valid() and tried(
            form, lambda: decide_challenge(by=viewer, challenge=row, said=form.said())) is not None:
        messages.success(request, "Decided. It stands in the public list; tell them in writing too.")
        return redirect("procurement:challenge", partnership=partnership, challenge=challenge)
    return _form(request, view, form, "Decide on the challenge", reverse(
        "procurement:challenge", args=[partnership, challenge]), card.service)


@login_required
@require_http_methods(ASKS)
def compete(request: HttpRequest, partnership: UUID, challenge: UUID) -> HttpResponse:
    """Begin the competition that it sets off."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    card, row = challenge_for(viewer, partnership, challenge), challenge_row(viewer, partnership, challenge)
    begun = {"title": card.service[:120], "purpose": card.difference[:500]}
    form = BeginCommission(posted(request), initial=begun, **offers_of(viewer, partnership))
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: compete_for_challenged(by=viewer, challenge=row, said=commission_said(form)))
        if made is not None:
            messages.success(request, "Begun. Say next what is known of it, and you will see its rules.")
            return redirect("procurement:commission", partnership=partnership, commission=made.pk)
    return _form(request, view, form, "Begin its competition", reverse(
        "procurement:challenge", args=[partnership, challenge]), card.service)


def _form(request: HttpRequest, view: Any, form: Any, heading: str, to: str, to_text: str) -> HttpResponse:
    context = {"view": view, "invented": view.invented, "form": form, "heading": heading, "to": to,
               "to_text": to_text, "button": "Keep it"}
    return render(request, "procurement/form.html", context)
