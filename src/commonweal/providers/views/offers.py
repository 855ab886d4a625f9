"""The partnership's side of the page for groups: who answers for it, and what is offered on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.present.forms import posted, tried
from commonweal.providers.actions.help import OfferSaid, WelcomeSaid, check_offer, keep_offer, keep_welcome
from commonweal.providers.forms_help import MakeOffer, OpenPage
from commonweal.providers.queries.help import offer_row, offers_for, partnership_row, welcome_of

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def offers(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """All that is offered to groups, what is old first seen to."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    cards = offers_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "cards": cards, "welcome": welcome_of(viewer, partnership),
        "may_open": viewer.may(Permission.MANAGE_PARTNERSHIP, partnership),
        "may_offer": viewer.may(Permission.BRING_EVIDENCE, partnership), "old": sum(one.old for one in cards),
    }
    return render(request, "providers/offers.html", context)


@login_required
@require_http_methods(ASKS)
def welcome(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Say who answers for the page, and open it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    row = welcome_of(viewer, partnership)
    held = {name: getattr(row, name) for name in WelcomeSaid.__dataclass_fields__} if row else {"shown": True}
    form = OpenPage(posted(request), initial=held)
    if request.method == "POST" and form.is_valid():
        there = partnership_row(partnership)
        if tried(form, lambda: keep_welcome(by=viewer, partnership=there, said=form.said())) is not None:
            messages.success(request, "Kept. Now put on it what groups can have.")
            return redirect("providers:offers", partnership=partnership)
    return _form(request, view, form, "The page for groups", "Keep it")


@login_required
@require_http_methods(ASKS)
def offer(request: HttpRequest, partnership: UUID, offer: UUID | None = None) -> HttpResponse:
    """A new offer, or one that is changed."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    row = offer_row(viewer, partnership, offer) if offer else None
    held = {name: getattr(row, name) for name in OfferSaid.__dataclass_fields__} if row else {}
    form = MakeOffer(posted(request), initial=held)
    if request.method == "POST" and form.is_valid():
        there = partnership_row(partnership)
        kept = tried(form, lambda: keep_offer(by=viewer, partnership=there, said=form.said(), over=row))
        if kept is not None:
            messages.success(request, "Kept, and looked up as of today.")
            return redirect("providers:offers", partnership=partnership)
    return _form(request, view, form, "Change it" if row else "What can groups have?", "Keep it")


@login_required
@require_POST
def check(request: HttpRequest, partnership: UUID, offer: UUID, still: str) -> HttpResponse:
    """It still holds, or it is over."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = offer_row(viewer, partnership, offer)
    check_offer(by=viewer, offer=row, still=still == "holds")
    messages.success(request, "It still holds as of today." if still == "holds" else "It is off the page.")
    return redirect("providers:offers", partnership=partnership)


def _form(request: HttpRequest, view: Any, form: Any, heading: str, button: str) -> HttpResponse:
    context = {"view": view, "invented": view.invented, "form": form, "heading": heading, "button": button,
               "back": "offers"}
    return render(request, "providers/help_form.html", context)
