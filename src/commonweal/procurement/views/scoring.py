"""The pages of one who scores: declare interests, then one answer at a time, without names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.present.forms import tried
from commonweal.procurement.actions.scoring import declare_interests, score_answer
from commonweal.procurement.forms_evaluation import Declare, GiveScore
from commonweal.procurement.pages.evaluation import next_to_score, tasks_of
from commonweal.procurement.queries.commissions import commission_for
from commonweal.procurement.queries.competing import own_competition
from commonweal.procurement.queries.evaluation import answers_to_score, bidders_to_declare, evaluation_of

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(ASKS)
def declare(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Interests, before anything is scored."""
    viewer = viewer_from(request)
    context = _context(request, partnership, commission)
    row = own_competition(viewer, partnership, commission)
    names = bidders_to_declare(viewer, row)
    form = Declare(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and tried(form, lambda: declare_interests(
            by=viewer, competition=row, conflict=form.cleaned_data["conflict"] == "yes",
            words=form.cleaned_data["words"])) is not None:
        to = "procurement:evaluation" if form.cleaned_data["conflict"] == "yes" else "procurement:scoring"
        return redirect(to, partnership=partnership, commission=commission)
    return render(request, "procurement/evaluation/declare.html", context | {
        "form": form, "names": names, "stand": evaluation_of(viewer, row)})


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Everything one scores, and how far one is."""
    viewer = viewer_from(request)
    context = _context(request, partnership, commission)
    row = own_competition(viewer, partnership, commission)
    answers = answers_to_score(viewer, row)
    where = (partnership, commission)
    return render(request, "procurement/evaluation/scoring.html", context | {
        "tasks": tasks_of(where, answers), "done": sum(one.score is not None for one in answers),
        "of": len(answers), "next": next_to_score(where, answers), "stand": evaluation_of(viewer, row)})


@login_required
@require_http_methods(ASKS)
def one(request: HttpRequest, partnership: UUID, commission: UUID, letter: str, question: str) -> HttpResponse:
    """One answer."""
    viewer = viewer_from(request)
    context = _context(request, partnership, commission)
    row = own_competition(viewer, partnership, commission)
    answers = answers_to_score(viewer, row)
    found = next((one for one in answers if (one.letter, one.question.key) == (letter, question)), None)
    if found is None:
        raise Http404("That is not scored here.")
    form = GiveScore(request.POST if request.method == "POST" else None,
                     initial={"score": found.score, "reason": found.reason})
    if request.method == "POST" and form.is_valid() and tried(form, lambda: score_answer(
            by=viewer, competition=row, letter=letter, told=form.said(question))) is not None:
        onward = next_to_score((partnership, commission), answers_to_score(viewer, row))
        return redirect(onward or reverse("procurement:scoring", args=[partnership, commission]))
    at = answers.index(found) + 1
    return render(request, "procurement/evaluation/score.html", context | {
        "form": form, "found": found, "at": at, "of": len(answers), "stand": evaluation_of(viewer, row)})


def _context(request: HttpRequest, partnership: UUID, commission: UUID) -> dict[str, Any]:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return {"view": view, "invented": view.invented, "card": commission_for(viewer, partnership, commission)}
