"""The outcomes of a partnership: the triangle, one outcome, writing, changing and withdrawing one, and files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.models import NeedState
from commonweal.needs.queries.needs import needs_for
from commonweal.needs.views.files import as_paper, sent
from commonweal.present.forms import tried
from commonweal.present.paper import on_paper
from commonweal.priorities.actions.outcome import (
    RANK,
    OutcomeSaid,
    change_outcome,
    withdraw_outcome,
    write_outcome,
)
from commonweal.priorities.forms_outcome import WriteOutcome
from commonweal.priorities.models import Level
from commonweal.priorities.pages.outcomes import answer_of, side_by_side, target_pictures, triangle
from commonweal.priorities.queries.outcomes import (
    OutcomeCard,
    earlier_versions,
    outcome_for,
    outcome_row,
    outcomes_for,
)

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The triangle: overarching, intermediate and service outcomes, with what each answers."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    cards = outcomes_for(viewer, partnership)
    answered = {need.id for card in cards for need in card.needs}
    silent = [one for one in needs_for(viewer, partnership)
              if one.state != NeedState.WITHDRAWN and one.id not in answered]
    context = {
        "view": view, "invented": view.invented, "cards": cards, "levels": triangle(cards),
        "answer": answer_of(cards), "silent": silent, "orphans": [card for card in cards if card.orphan],
        "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
    return render(request, "priorities/outcomes.html", context)


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, outcome: UUID) -> HttpResponse:
    """One outcome with its thread, its targets and its versions."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = outcome_for(viewer, partnership, outcome)
    context = {
        "view": view, "invented": view.invented, "card": card, "targets": target_pictures(card),
        "places": side_by_side(card),
        "versions": earlier_versions(viewer, partnership, outcome),
        "may_write": card.stands and viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
    return render(request, "priorities/outcome.html", context)


@login_required
@require_http_methods(ASKS)
def write(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Write an outcome."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    asked = request.GET.get("need", "")
    form = WriteOutcome(request.POST if request.method == "POST" else None, initial={"needs": [asked]},
                        **_offers(viewer, partnership))
    if request.method == "POST" and form.is_valid():
        there, level = Partnership.objects.get(pk=partnership), Level(form.cleaned_data["level"])
        made = tried(form, lambda: write_outcome(by=viewer, partnership=there, level=level, said=_said(form)))
        if made is not None:
            messages.success(request, "Written. Say next how you would know that it came about.")
            return redirect("priorities:outcome", partnership=partnership, outcome=made.identity_id)
    context = {"view": view, "invented": view.invented, "form": form, "heading": "Write an outcome",
               "button": "Keep it"}
    return render(request, "priorities/form.html", context)


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, outcome: UUID) -> HttpResponse:
    """Write it anew, over the version that was read."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = outcome_for(viewer, partnership, outcome)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    held = {name: getattr(card, name) for name in ("title", "statement", "who", "where")}
    held |= {"needs": [str(need.id) for need in card.needs], "above": [str(up.id) for up in card.above],
             "over": card.number}
    form = WriteOutcome(request.POST if request.method == "POST" else None, initial=held, anew=True,
                        **_offers(viewer, partnership, card))
    if request.method == "POST" and form.is_valid():
        row, given = outcome_row(viewer, partnership, outcome), form.cleaned_data
        made = tried(form, lambda: change_outcome(
            by=viewer, outcome=row, said=_said(form), over=given["over"] or 0, reason=given["reason"]))
        if made is not None:
            messages.success(request, f"Version {made.number} is kept. The old one can still be read.")
            return redirect("priorities:outcome", partnership=partnership, outcome=outcome)
    context = {"view": view, "invented": view.invented, "form": form, "heading": "Write it anew", "card": card,
               "button": "Keep this version"}
    return render(request, "priorities/form.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, partnership: UUID, outcome: UUID) -> HttpResponse:
    """It is no longer aimed at."""
    viewer = viewer_from(request)
    withdraw_outcome(by=viewer, outcome=outcome_row(viewer, partnership, outcome))
    messages.success(request, "Withdrawn. What was written can still be read.")
    return redirect("priorities:outcomes", partnership=partnership)


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, ending: str) -> HttpResponse:
    """All outcomes as Word or PDF."""
    from commonweal.priorities.documents.outcomes import outcomes_document

    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    cards = outcomes_for(viewer, partnership)
    with on_paper():
        body = as_paper(outcomes_document(cards, partnership=view.name, invented=view.invented), ending)
    return sent(body, "outcomes", ending)


def _offers(viewer: Viewer, partnership: UUID, card: OutcomeCard | None = None) -> dict[str, Any]:
    """The needs it may answer and the outcomes it may lead to."""
    lowest = RANK[card.level] if card else len(RANK)
    return {
        "needs": [(str(need.id), need.title) for need in needs_for(viewer, partnership)
                  if need.state != NeedState.WITHDRAWN],
        "above": [(str(one.id), f"{one.title} ({str(one.level.label).lower()})")
                  for one in outcomes_for(viewer, partnership)
                  if one.level != Level.SERVICE and RANK[one.level] < lowest],
    }


def _said(form: WriteOutcome) -> OutcomeSaid:
    given = form.cleaned_data
    return OutcomeSaid(
        title=given["title"], statement=given["statement"], who=given["who"], where=given["where"],
        needs=tuple(UUID(key) for key in given.get("needs", ())),
        above=tuple(UUID(key) for key in given.get("above", ())),
    )
