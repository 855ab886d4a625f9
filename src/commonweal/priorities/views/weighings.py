"""Want and need: weighings listed, begun, scored, weighed on each side, and the two orders side by side."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.present.forms import tried
from commonweal.priorities.actions.weighing import begin_weighing, give_weights, score_candidates
from commonweal.priorities.forms_deciding import BeginWeighing, GiveWeights, ScoreCandidates
from commonweal.priorities.models import WeighingSide
from commonweal.priorities.pages.weighing import scores_table, slope_chart
from commonweal.priorities.queries.decisions import decisions_for
from commonweal.priorities.queries.outcomes import outcomes_for
from commonweal.priorities.queries.weighings import weighing_for, weighing_row, weighings_for

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every weighing, and what was decided."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "weighings": weighings_for(viewer, partnership),
        "decisions": decisions_for(viewer, partnership),
        "may_begin": viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
    return render(request, "priorities/weighings.html", context)


@login_required
@require_http_methods(ASKS)
def begin(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Fix the criteria and the candidates."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    offered = [(str(one.id), f"{one.title} ({str(one.level.label).lower()})")
               for one in outcomes_for(viewer, partnership)]
    form = BeginWeighing(request.POST if request.method == "POST" else None, outcomes=offered)
    if request.method == "POST" and form.is_valid():
        given, there = form.cleaned_data, Partnership.objects.get(pk=partnership)
        made = tried(form, lambda: begin_weighing(
            by=viewer, partnership=there, title=given["title"], criteria=tuple(given["criteria"].splitlines()),
            outcomes=tuple(UUID(key) for key in given["outcomes"])))
        if made is not None:
            return redirect("priorities:weighing", partnership=partnership, weighing=made.identity_id)
    context = {"view": view, "invented": view.invented, "form": form, "heading": "Weigh outcomes",
               "button": "Begin", "to": reverse("priorities:weighings", args=[partnership]),
               "to_text": "Want and need"}
    return render(request, "priorities/form.html", context)


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, weighing: UUID) -> HttpResponse:
    """The two orders joined by lines, where they part, and what would flip them."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = weighing_for(viewer, partnership, weighing)
    context = {
        "view": view, "invented": view.invented, "found": found, "chart": slope_chart(found),
        "table": scores_table(found), "may_score": viewer.may(Permission.RECORD_EVIDENCE, partnership),
        "may_decide": viewer.may(Permission.DECIDE, partnership),
        "decisions": [each for each in decisions_for(viewer, partnership) if each.weighing == weighing],
    }
    return render(request, "priorities/weighing.html", context)


@login_required
@require_http_methods(ASKS)
def score(request: HttpRequest, partnership: UUID, weighing: UUID) -> HttpResponse:
    """How each candidate scores."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = weighing_for(viewer, partnership, weighing)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = ScoreCandidates(request.POST if request.method == "POST" else None, view=found,
                           initial={"over": found.number})
    if request.method == "POST" and form.is_valid():
        row, over = weighing_row(viewer, partnership, weighing), form.cleaned_data["over"]
        made = tried(form, lambda: score_candidates(
            by=viewer, weighing=row, candidates=form.candidates(), over=over))
        if made is not None:
            messages.success(request, "The scores are kept.")
            return redirect("priorities:weighing", partnership=partnership, weighing=weighing)
    context = {"view": view, "invented": view.invented, "form": form, "heading": "Score the outcomes",
               "button": "Keep the scores", "to": reverse("priorities:weighing", args=[partnership, weighing]),
               "to_text": found.title}
    return render(request, "priorities/form.html", context)


@login_required
@require_http_methods(ASKS)
def weigh(request: HttpRequest, partnership: UUID, weighing: UUID, side: str) -> HttpResponse:
    """The weights of one side."""
    if side not in WeighingSide.values:
        raise Http404("There are two sides: want and need.")
    whose = WeighingSide(side)
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = weighing_for(viewer, partnership, weighing)
    wanted = whose is WeighingSide.WANT
    require(viewer, Permission.DECIDE if wanted else Permission.RECORD_EVIDENCE, partnership)
    form = GiveWeights(request.POST if request.method == "POST" else None, criteria=found.criteria,
                       held=found.want if wanted else found.need)
    if request.method == "POST" and form.is_valid():
        row = weighing_row(viewer, partnership, weighing)
        made = tried(form, lambda: give_weights(
            by=viewer, weighing=row, side=whose, weights=form.weights(), reason=form.cleaned_data["reason"]))
        if made is not None:
            messages.success(request, "The weights are kept.")
            return redirect("priorities:weighing", partnership=partnership, weighing=weighing)
    context = {"view": view, "invented": view.invented, "form": form, "button": "Keep the weights",
               "heading": f"{whose.label}: how much does each count?", "to_text": found.title,
               "to": reverse("priorities:weighing", args=[partnership, weighing])}
    return render(request, "priorities/form.html", context)
