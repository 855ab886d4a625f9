"""Who can help: offers, asking in one press, and the answer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.actions.skills import answer_help, ask_for_help, end_offer, offer_skill
from commonweal.needs.forms_skills import AnswerHelp, OfferSkill
from commonweal.needs.models import Reply
from commonweal.needs.queries.skills import About, help_for, help_row, offer_row, offers_for
from commonweal.needs.skills_content import skill_words
from commonweal.present.forms import tried

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def listed(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Who offers what, and what one asked and was asked."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    offers = offers_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "mine": [one for one in offers if one.mine],
        "others": [one for one in offers if not one.mine], "help": help_for(viewer, partnership),
        "may_offer": bool(viewer.organisations_in(partnership)),
    }
    return render(request, "needs/skills/list.html", context)


@login_required
@require_http_methods(ASKS)
def offer(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Offer a skill, or say anew what one offers of it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    form = OfferSkill(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        if tried(form, lambda: offer_skill(by=viewer, partnership=there, offered=form.offered())) is not None:
            messages.success(request, "Thank you. It is kept.")
            return redirect("needs:skills", partnership=partnership)
    context = {"view": view, "invented": view.invented, "form": form}
    return render(request, "needs/skills/offer.html", context)


@login_required
@require_POST
def end(request: HttpRequest, partnership: UUID, offer: UUID) -> HttpResponse:
    """It is not offered any more."""
    viewer = viewer_from(request)
    end_offer(by=viewer, offer=offer_row(viewer, partnership, offer))
    messages.success(request, "It is not offered any more.")
    return redirect("needs:skills", partnership=partnership)


@login_required
@require_POST
def ask(request: HttpRequest, partnership: UUID, offer: UUID) -> HttpResponse:
    """Ask for help with one thing, in one press."""
    viewer = viewer_from(request)
    row, about = offer_row(viewer, partnership, offer), _about(request)
    try:
        ask_for_help(by=viewer, offer=row, about=about)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "You have asked. The answer will stand here and on your partnership's home.")
    if about.item:
        return redirect("needs:evidence-item", partnership=partnership, item=about.item)
    return redirect("web:held", partnership=partnership, held=about.held)


@login_required
@require_http_methods(ASKS)
def answer(request: HttpRequest, partnership: UUID, request_id: UUID) -> HttpResponse:
    """Answer somebody who asked."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = help_row(viewer, partnership, request_id)
    form = AnswerHelp(request.POST if request.method == "POST" else None, initial={"reply": row.reply})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if tried(form, lambda: answer_help(by=viewer, request=row, reply=Reply(said["reply"]),
                                           words=said["words"]) or True):
            messages.success(request, "Your answer is there for whoever asked.")
            return redirect("needs:skills", partnership=partnership)
    card = next(one for one in help_for(viewer, partnership) if one.id == row.pk)
    context = {"view": view, "invented": view.invented, "form": form, "card": card, "words": skill_words()}
    return render(request, "needs/skills/answer.html", context)


def _about(request: HttpRequest) -> About:
    try:
        said = [request.POST.get(name) for name in ("item", "held")]
        item, held = (UUID(text) if text else None for text in said)
    except ValueError:
        item = held = None
    if (item is None) == (held is None):
        raise NotFound("There is nothing here that you may ask about.")
    return About(item, held)
