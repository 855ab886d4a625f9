"""Teams for a commission: asked by whoever buys, answered by providers, found by those who are willing alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.views.files import as_paper, sent
from commonweal.present.forms import posted, tried
from commonweal.present.paper import on_paper
from commonweal.procurement.actions.consortium import say_willing, withdraw, write_brief
from commonweal.procurement.actions.team_search import begin_search
from commonweal.procurement.forms_consortium import SayWilling, WriteBrief
from commonweal.procurement.pages.consortium import coverage_table, gap_words, team_told
from commonweal.procurement.queries.commissions import commission_for, commission_row
from commonweal.procurement.queries.consortium import (
    BriefCard,
    brief_for,
    brief_row,
    briefs_for,
    coverage_of,
    own_answer,
    teams_for,
)
from commonweal.providers.queries.profiles import own_profile

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every commission that teams may be found for."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "cards": briefs_for(viewer, partnership)}
    return render(request, "procurement/teams.html", context)


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """What is needed, what could be covered, what nobody covers."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = brief_for(viewer, partnership, commission)
    found = coverage_of(viewer, partnership, commission)
    may_write = viewer.may(Permission.RECORD_EVIDENCE, partnership) and card.bought_by_us
    context = {
        "view": view, "invented": view.invented, "card": card,
        "table": coverage_table(card, found.covered) if found.known else None,
        "gaps": gap_words(found.gaps), "mine": own_answer(viewer, brief_row(viewer, partnership, commission)),
        "may_answer": viewer.may(Permission.BRING_EVIDENCE, partnership) and not card.bought_by_us,
        "may_write": may_write, "found": found, "may_search": viewer.may(Permission.BRING_EVIDENCE, partnership),
    }
    return render(request, "procurement/team_brief.html", context)


@login_required
@require_http_methods(ASKS)
def write(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Say what teams are asked for."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    told = commission_for(viewer, partnership, commission)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = WriteBrief(posted(request), initial=_held(viewer, partnership, commission))
    if request.method == "POST" and form.is_valid():
        row = commission_row(viewer, partnership, commission)
        if tried(form, lambda: write_brief(by=viewer, commission=row, said=form.said())) is not None:
            messages.success(request, "Kept. Every provider of the partnership sees the same.")
            return redirect("procurement:team-brief", partnership=partnership, commission=commission)
    context = {"view": view, "invented": view.invented, "form": form, "card": told, "button": "Keep it",
               "heading": "What would a team have to do?",
               "lead": "Written anew, it takes back what providers answered before."}
    return render(request, "procurement/form.html", context)


@login_required
@require_http_methods(ASKS)
def willing(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Say that one's own organisation would be in a team; what it said before is filled in."""
    viewer, view, card = _provider(request, partnership, commission)
    row = brief_row(viewer, partnership, commission)
    form = SayWilling(posted(request), card=card, initial=_known(viewer, card, row))
    if request.method == "POST" and form.is_valid() \
            and tried(form, lambda: say_willing(by=viewer, brief=row, said=form.said())) is not None:
        messages.success(request, "Kept. Here are the teams.")
        return redirect("procurement:team-find", partnership=partnership, commission=commission)
    context = {"view": view, "invented": view.invented, "form": form, "card": card}
    return render(request, "procurement/team_willing.html", context)


@login_required
@require_POST
def leave(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """One's own organisation is in no team any more."""
    viewer, _, _ = _provider(request, partnership, commission)
    withdraw(by=viewer, brief=brief_row(viewer, partnership, commission))
    messages.success(request, "You are in no team any more.")
    return redirect("procurement:team-brief", partnership=partnership, commission=commission)


@login_required
@require_safe
def find(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """The teams, for those who are willing."""
    viewer, view, card = _provider(request, partnership, commission)
    found = teams_for(viewer, partnership, commission)
    teams = [team_told(card, found.best, "The best team")] if found.best else []
    teams += [team_told(card, found.ours, "The best team with you in it")] if found.ours else []
    teams += [team_told(card, one, f"Another that differs, {at}") for at, one in enumerate(found.others, 1)]
    context = {"view": view, "invented": view.invented, "card": card, "found": found, "teams": teams}
    return render(request, "procurement/team_find.html", context)


@login_required
@require_POST
def search(request: HttpRequest, partnership: UUID, commission: UUID, what: str) -> HttpResponse:
    """Look for teams, or add up what could be covered, where that takes minutes."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    coverage = what == "coverage"
    begin_search(by=viewer, brief=brief_row(viewer, partnership, commission), coverage=coverage)
    return redirect(f"procurement:team-{'brief' if coverage else 'find'}", partnership=partnership,
                    commission=commission)


@login_required
@require_safe
def letter(request: HttpRequest, partnership: UUID, commission: UUID, ending: str) -> HttpResponse:
    """A letter to the others and heads of an agreement, drafted for the best team with one's own organisation."""
    from commonweal.procurement.documents.consortium import letter_document

    viewer, view, card = _provider(request, partnership, commission)
    found = teams_for(viewer, partnership, commission)
    team = found.ours or found.best
    if team is None:
        raise NotFound("There is no team yet to write to.")
    with on_paper():
        body = as_paper(letter_document(card, team, invented=view.invented), ending)
    return sent(body, "team-letter", ending)


def _provider(request: HttpRequest, partnership: UUID, commission: UUID) -> tuple[Viewer, Any, BriefCard]:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    return viewer, view, brief_for(viewer, partnership, commission)


def _held(viewer: Viewer, partnership: UUID, commission: UUID) -> dict[str, Any]:
    try:
        card = brief_for(viewer, partnership, commission)
    except NotFound:
        return {}
    hours = {line.what: line.hours for line in card.lines}
    return {"things": "\n".join(f"{what}: {value.normalize():f}" for what, value in hours.items()),
            "areas": "\n".join(card.areas), "standards": "\n".join(card.standards),
            "exposure": int(card.exposure * 100),
            **{name: getattr(card, name) for name in ("partners", "joining", "weeks", "arrears", "lead_turnover")}}


def _known(viewer: Viewer, card: BriefCard, row: Any) -> dict[str, Any]:
    """What was answered before, else what the profile says."""
    mine = own_answer(viewer, row)
    if mine is not None:
        chosen = {one.pk for one in mine.lines.all()}
        lines = [one for one in card.lines if one.id in chosen]
        return {"things": list({one.what for one in lines}), "areas": list({one.area for one in lines}),
                **{name: getattr(mine, name) for name in ("hours", "price", "turnover", "leads", "conflict")}}
    profile = own_profile(viewer, row.partnership_id)[1]
    if profile is None:
        return {}
    said = " ".join(line.text for kind, _, found in profile.lines if kind == "area" for line in found).casefold()
    return {"hours": profile.hours, "turnover": profile.turnover,
            "areas": [one for one in card.areas if one.casefold() in said]}
