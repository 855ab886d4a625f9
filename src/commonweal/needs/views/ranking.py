"""Putting needs in order: rounds, and what each organisation gives."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core import clock
from commonweal.core.errors import CommonwealError, NotAllowed, NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import NO_ROLE, Viewer, require, viewer_from
from commonweal.needs.actions.ranking import Given, RoundPlan, give_ranking, open_round
from commonweal.needs.agreement import agreement_of
from commonweal.needs.agreement_words import told
from commonweal.needs.content import read
from commonweal.needs.forms_ranking import OpenRound, RankNeeds
from commonweal.needs.models import PoolingRule
from commonweal.needs.models.ranking import Side
from commonweal.needs.pages.ranking import own_lines, places_table
from commonweal.needs.queries.ranking import (
    RoundView,
    may_rank,
    rankable,
    round_for,
    round_row,
    rounds_for,
    seats_of,
)
from commonweal.needs.views.files import as_paper, sent
from commonweal.present.paper import on_paper


@login_required
@require_safe
def rounds(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every round, what waits first."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "rounds": rounds_for(viewer, partnership),
        "may_open": viewer.may(Permission.RECORD_EVIDENCE, partnership), "words": read("ranking"),
    }
    return render(request, "needs/ranking/rounds.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Open a round with its rule."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    needs = rankable(viewer, partnership)
    form = OpenRound(needs, seats_of(partnership), request.POST if request.method == "POST" else None,
                     initial={"needs": [str(key) for key, _, _ in needs]})
    if request.method == "POST" and form.is_valid():
        try:
            made = open_round(by=viewer, partnership=Partnership.objects.get(pk=partnership), plan=_plan(form))
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The round is open. Every organisation sees it under what waits for them.")
            return redirect("needs:ranking-round", partnership=partnership, round_id=made.pk)
    context = {"view": view, "invented": view.invented, "form": form, "enough": len(needs) > 1,
               "words": read("ranking")}
    return render(request, "needs/ranking/open.html", context)


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, round_id: UUID) -> HttpResponse:
    """One round: what is ranked, who has answered, and what may be seen of it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = round_for(viewer, partnership, round_id)
    agreed = agreement_of(found)
    context = {
        "view": view, "invented": view.invented, "round": found, "told": told(agreed) if agreed else None,
        "may_state": found.card.complete and viewer.may(Permission.RECORD_EVIDENCE, partnership),
        "downloads": _downloads(found, partnership), "own": own_lines(found),
        "table": places_table(found), "words": read("ranking"),
        "rule_words": read("ranking")["rules"][found.card.rule.value],
    }
    return render(request, "needs/ranking/round.html", context)


@login_required
@require_safe
def workshop(request: HttpRequest, partnership: UUID, round_id: UUID, ending: str) -> HttpResponse:
    """The one page for the workshop, as Word or PDF."""
    from commonweal.needs.documents.workshop import workshop_page

    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = round_for(viewer, partnership, round_id)
    with on_paper():
        agreed = agreement_of(found)
        if agreed is None:
            raise Refused(read("ranking")["no_picture"])
        body = as_paper(workshop_page(found, agreed, place=view.name, invented=view.invented), ending)
    return sent(body, f"what-to-talk-about-{clock.today():%Y-%m-%d}", ending)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rank(request: HttpRequest, partnership: UUID, round_id: UUID, side: str) -> HttpResponse:
    """Give, or replace, one's organisation's order from one perspective."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = round_for(viewer, partnership, round_id)
    if side not in Side.values:
        raise NotFound("There is no such perspective.")
    if not may_rank(viewer, partnership):
        raise NotAllowed(NO_ROLE)
    form = RankNeeds(found.needs, request.POST if request.method == "POST" else None,
                     initial=_held(found, Side(side)))
    if request.method == "POST" and form.is_valid() and _ranked(viewer, found, Side(side), form, partnership):
        messages.success(request, "Your organisation's order is kept. You can replace it until the round closes.")
        return redirect("needs:ranking-round", partnership=partnership, round_id=round_id)
    context = {"view": view, "invented": view.invented, "form": form, "round": found,
               "words": read("ranking"), "side": Side(side)}
    return render(request, "needs/ranking/rank.html", context)


def _ranked(viewer: Viewer, found: RoundView, side: Side, form: RankNeeds, partnership: UUID) -> bool:
    """Whether it was taken; where not, the form says why."""
    given = Given(side=side, places=form.places(), note=form.cleaned_data["note"], over=form.cleaned_data["over"])
    try:
        give_ranking(by=viewer, ranked=round_row(viewer, partnership, found.card.id), given=given)
    except CommonwealError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _held(found: RoundView, side: Side) -> dict[str, Any]:
    """What one's organisation gave before, to write over."""
    before = next((line for line in found.mine if line.side is side), None)
    if before is None:
        return {"over": 0}
    places = zip(found.needs, before.places, strict=True)
    return {**{str(one.need): place for one, place in places}, "note": before.note, "over": before.number}


def _downloads(found: RoundView, partnership: UUID) -> list[dict[str, str]]:
    """The workshop's page as files."""
    keys = {"partnership": partnership, "round_id": found.card.id}
    return [
        {"text": "Notes for the workshop", "detail": detail,
         "href": reverse("needs:ranking-workshop", kwargs={**keys, "ending": ending})}
        for ending, detail in (("docx", "Word"), ("pdf", "PDF"))
    ]


def _plan(form: OpenRound) -> RoundPlan:
    said = form.cleaned_data
    return RoundPlan(
        title=said["title"], needs=tuple(UUID(key) for key in said["needs"]), closes=said["closes"],
        rule=PoolingRule(said["rule"]), weights=form.weights(), weights_reason=said["weights_reason"],
    )
