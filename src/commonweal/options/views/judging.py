"""Pages on which options are scored, groups give their weights, money is tied, and other weights are tried."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.errors import NotAllowed, NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.options.actions.judging import add_group, give_group_weights, score_option, tie_money
from commonweal.options.appraisal_view import AppraisalView
from commonweal.options.forms_appraisal import Offered, TieForm
from commonweal.options.forms_choosing import GroupForm, ScoreForm, WeightsForm
from commonweal.options.grounds import Pointed, Ref
from commonweal.options.models import Appraisal
from commonweal.options.money_content import words
from commonweal.options.pages.trying import tried_weights
from commonweal.options.queries.appraisal import appraisal_for, appraisal_row, part_row
from commonweal.options.queries.grounds import named, offered
from commonweal.options.queries.money import sheet_for, sheet_row, sheets_for
from commonweal.options.queries.risk import cases_for
from commonweal.options.views.asking import ASKS, Ask, asked

WORK = Permission.RECORD_EVIDENCE
MOST_TICKED = 200


@login_required
@require_safe
def scores(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """Which options are scored, and which wait."""
    return _listed(request, partnership, appraisal, "options/scores.html")


@login_required
@require_safe
def groups(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """Whose weights there are, and whose wait."""
    return _listed(request, partnership, appraisal, "options/groups.html")


@login_required
@require_http_methods(ASKS)
def score(request: HttpRequest, partnership: UUID, appraisal: UUID, option: UUID) -> HttpResponse:
    """How one option does."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    require(viewer, WORK, partnership)
    one = part_row(viewer, row, "option", option)
    found = appraisal_for(viewer, partnership, appraisal)
    line = found.option(option)
    assert line is not None
    offers = _offers(request, viewer, row)
    form = ScoreForm(request.POST if request.method == "POST" else None, option=line, criteria=found.criteria,
                     offered=offers)
    back = reverse("options:scores", args=[partnership, appraisal])
    ask = Ask(f"Score: {one.title}", back, "Scores", button="Keep the scores")
    more: dict[str, object] = {"line": line, "words": request.POST.get("words", "")}
    if "find" in request.POST:                 # more is looked for; nothing that is typed is lost
        return render(request, "options/score.html",
                      {"view": view, "invented": view.invented, "form": form, "ask": ask, **more})

    def deed() -> str:
        score_option(by=viewer, option=one, scores=form.scores())
        return back

    return asked(request, view, form, ask=ask, deed=deed, template="options/score.html", more=more)


def _offers(request: HttpRequest, viewer: Viewer, row: Appraisal) -> tuple[Pointed, ...]:
    """What the question itself leads to, what the words asked for find, and what is ticked already."""
    asked = request.POST.get("words", "").replace("\x00", "")
    ticked = [word for name in request.POST if name.startswith("grounds-") for word in request.POST.getlist(name)]
    refs: list[Ref] = []
    for word in ticked[:MOST_TICKED]:
        with suppress(NotFound):
            refs.append(Ref.read(word))
    found = (*(offered(viewer, row, asked) if asked.split() else ()), *offered(viewer, row))
    held = named(viewer, row.partnership_id, refs)
    return tuple({one.ref: one for one in (*found, *(each for each in held.values() if each.href))}.values())


@login_required
@require_http_methods(ASKS)
def group_add(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """Name a group."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    require(viewer, WORK, partnership)
    form = GroupForm(request.POST if request.method == "POST" else None)
    back = reverse("options:groups", args=[partnership, appraisal])

    def deed() -> str:
        made = add_group(by=viewer, appraisal=row, **form.cleaned_data)
        agreed = row.ends_agreed_at is not None
        return reverse("options:weights", args=[partnership, appraisal, made.pk]) if agreed else back

    return asked(request, view, form, ask=Ask("Name a group", back, "Whose weights?"), deed=deed)


@login_required
@require_http_methods(ASKS)
def weights(request: HttpRequest, partnership: UUID, appraisal: UUID, group: UUID) -> HttpResponse:
    """What each swing is worth to a group."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    may_weigh(viewer, partnership)
    one = part_row(viewer, row, "group", group)
    found = appraisal_for(viewer, partnership, appraisal)
    held = next(each for each in found.groups if each.id == group)
    form = WeightsForm(request.POST if request.method == "POST" else None, criteria=found.criteria, group=held)

    def deed() -> str:
        give_group_weights(by=viewer, group=one, points=form.points(), reason=form.cleaned_data["reason"])
        return reverse("options:appraisal", args=[partnership, appraisal])

    back = reverse("options:groups", args=[partnership, appraisal])
    ask = Ask(f"What counts for {one.title}?", back, "Whose weights?", words("appraisal", "swing"),
              button="Keep the weights")
    return asked(request, view, form, ask=ask, deed=deed, template="options/weights.html",
                 more={"give": words("appraisal", "give"), "found": found, "held": held,
                       "tried": tried_weights(found, request.POST)})


@login_required
@require_http_methods(ASKS)
def tie(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """Which money and which risk stand beside which option."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    require(viewer, WORK, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    sheets: Offered = [(str(one.id), one.title) for one in sheets_for(viewer, partnership)]
    costings = {
        title: [(str(one.id), f"{one.title} ({title})")
                for one in sheet_for(viewer, partnership, UUID(key)).options]
        for key, title in sheets
    }
    cases = [(str(one.id), one.title) for one in cases_for(viewer, partnership)]
    form = TieForm(request.POST if request.method == "POST" else None, view=found, sheets=sheets,
                   costings=costings, cases=cases, initial={"sheet": str(found.sheet or "")})
    back = reverse("options:appraisal", args=[partnership, appraisal])

    def deed() -> str:
        chosen = form.cleaned_data["sheet"]
        sheet = sheet_row(viewer, partnership, UUID(chosen)) if chosen else None
        tie_money(by=viewer, appraisal=row, sheet=sheet, costings=form.tied("costing"), cases=form.tied("case"))
        return back

    ask = Ask("Price and risk beside", back, row.title, words("appraisal", "price"))
    return asked(request, view, form, ask=ask, deed=deed)


@login_required
@require_safe
def what_if(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """Other weights tried: nothing is kept. A part of the page where a script asks, else the whole."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = appraisal_for(viewer, partnership, appraisal, grounds=False)
    context = {"view": view, "invented": view.invented, "found": found,
               "tried": tried_weights(found, request.GET)}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "options/what_if_part.html" if part else "options/what_if.html", context)


def may_weigh(viewer: Viewer, partnership: UUID) -> None:
    """Those who record evidence, and those who decide."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    if not (viewer.may(WORK, partnership) or viewer.may(Permission.DECIDE, partnership)):
        raise NotAllowed("Weights are given by those who record evidence or decide.")


def _listed(request: HttpRequest, partnership: UUID, appraisal: UUID, template: str) -> HttpResponse:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found: AppraisalView = appraisal_for(viewer, partnership, appraisal)
    open_still = found.choice is None and found.ends_agreed_at is not None
    may = viewer.may(WORK, partnership)
    context = {
        "view": view, "invented": view.invented, "found": found, "may_write": may and found.choice is None,
        "may_score": may and open_still,
        "may_weigh": (may or viewer.may(Permission.DECIDE, partnership)) and open_still,
    }
    return render(request, template, context)
