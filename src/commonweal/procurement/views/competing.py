"""The pages of whoever runs a competition: publish, answer, move the end, invite, open."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.policy.papers import answer_questions
from commonweal.present.forms import posted, tried
from commonweal.procurement.actions.bidding import invite_bidder
from commonweal.procurement.actions.competing import answer_back, extend_deadline, open_bids, publish_competition
from commonweal.procurement.deadline import said
from commonweal.procurement.forms_competition import AnswerBack, Invite, MoveDeadline, PublishCompetition
from commonweal.procurement.queries.commissions import commission_for, commission_row
from commonweal.procurement.queries.competing import (
    clarification_row,
    competition_of,
    invited_in,
    own_competition,
)

ASKS = ("GET", "HEAD", "POST")
WORK = Permission.RECORD_EVIDENCE


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """How it stands, what was asked back, and what comes next."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    found = competition_of(viewer, partnership, commission)
    may_write = viewer.may(WORK, partnership)
    context = {"view": view, "invented": view.invented, "card": card, "found": found, "may_write": may_write,
               "invited": invited_in(viewer, own_competition(viewer, partnership, commission))
               if found and may_write else ()}
    return render(request, "procurement/bidding/competing.html", context)


@login_required
@require_http_methods(ASKS)
def publish(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Publish it: everything on this page is read by everybody."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    require(viewer, WORK, partnership)
    questions = answer_questions(card.tier) if card.tier else ()
    form = PublishCompetition(posted(request), questions=questions, deal=card.facts.deal or "",
                              initial={"way": "open"})
    if request.method == "POST" and form.is_valid():
        row = commission_row(viewer, partnership, commission)
        if tried(form, lambda: publish_competition(by=viewer, commission=row, said=form.said())) is not None:
            messages.success(request, "It is published.")
            return redirect("procurement:competing", partnership=partnership, commission=commission)
    context = {"view": view, "invented": view.invented, "card": card, "form": form}
    return render(request, "procurement/bidding/publish.html", context)


@login_required
@require_http_methods(ASKS)
def move(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Move the deadline later, for all."""
    row = own_competition(viewer_from(request), partnership, commission)
    form = MoveDeadline(posted(request))
    return _short(request, partnership, commission, form, "Move the deadline, for all",
                  lambda: extend_deadline(by=viewer_from(request), competition=row,
                                          closes=form.cleaned_data["closes"], reason=form.cleaned_data["reason"]),
                  "It is moved. Everybody sees from when to when, and why.",
                  f"It stands at {said(row.closes)}. It is only moved later, and never once it has passed.")


@login_required
@require_http_methods(ASKS)
def answer(request: HttpRequest, partnership: UUID, commission: UUID, clarification: UUID) -> HttpResponse:
    """Answer what was asked back, for everybody."""
    partnership_for(viewer_from(request), partnership)
    row = clarification_row(viewer_from(request), partnership, clarification)
    form = AnswerBack(posted(request))
    return _short(request, partnership, commission, form, "Answer it, for everybody",
                  lambda: answer_back(by=viewer_from(request), clarification=row,
                                      words=form.cleaned_data["words"]),
                  "Answered. Everybody reads it.", row.asked)


@login_required
@require_http_methods(ASKS)
def invite(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Ask somebody to take part; the link is shown once."""
    viewer = viewer_from(request)
    row = own_competition(viewer, partnership, commission)
    form = Invite(posted(request))

    def deed() -> object:
        _, token = invite_bidder(by=viewer, competition=row, name=form.cleaned_data["name"])
        href = request.build_absolute_uri(reverse("procurement:bid-link", args=[token]))
        messages.success(request, format_html(
            "Send them this link, it is shown once. Whoever has it can write and send this bid. "
            '<a class="govuk-notification-banner__link cw-link" href="{}">{}</a>', href, href))
        return token

    return _short(request, partnership, commission, form, "Ask somebody to take part", deed, "")


@login_required
@require_POST
def open_now(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Open what was sent in time."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = open_bids(by=viewer, competition=own_competition(viewer, partnership, commission))
    count = row.bids.exclude(letter="").count()
    messages.success(request, f"Opened in your name. {count or 'None'} came in time.")
    return redirect("procurement:competing", partnership=partnership, commission=commission)


def _short(
    request: HttpRequest, partnership: UUID, commission: UUID, form: Any, heading: str, deed: Any, done: str,
    lead: str = "",
) -> HttpResponse:
    """A page with a short form, and back to how it stands."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    require(viewer, WORK, partnership)
    if request.method == "POST" and form.is_valid() and tried(form, deed) is not None:
        if done:
            messages.success(request, done)
        return redirect("procurement:competing", partnership=partnership, commission=commission)
    context = {"view": view, "invented": view.invented, "card": card, "form": form, "heading": heading,
               "button": heading.split(",", maxsplit=1)[0], "lead": lead}
    return render(request, "procurement/form.html", context)
