"""A target is set in two steps: by which measure and where, then from what to what."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.policy.frameworks import FrameworkIndicator, indicators_by_key
from commonweal.present.forms import tried
from commonweal.priorities.actions.target import TargetSaid, set_target
from commonweal.priorities.forms_outcome import OWN, ChooseMeasure, SetTarget
from commonweal.priorities.queries.baselines import baseline_for
from commonweal.priorities.queries.outcomes import outcome_for, outcome_row, target_row

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(ASKS)
def choose(request: HttpRequest, partnership: UUID, outcome: UUID) -> HttpResponse:
    """By which measure, and in which place."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = outcome_for(viewer, partnership, outcome)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = ChooseMeasure(request.POST if request.method == "POST" else None,
                         initial={"place": view.places[0].name if view.places else card.where})
    if request.method == "POST" and form.is_valid():
        address = reverse("priorities:target-set", args=[partnership, outcome])
        return redirect(f"{address}?{urlencode(form.cleaned_data)}")
    context = {"view": view, "invented": view.invented, "form": form, "card": card, "button": "Go on",
               "heading": "How would you know?", "frameworks": True}
    return render(request, "priorities/form.html", context)


@login_required
@require_http_methods(ASKS)
def set_one(request: HttpRequest, partnership: UUID, outcome: UUID) -> HttpResponse:
    """Baseline and target; the baseline is proposed where it is published."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = outcome_for(viewer, partnership, outcome)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    chosen = indicators_by_key().get(request.GET.get("measure", OWN))
    place = request.GET.get("place", "").replace("\0", "")[:300] or card.where
    before = _before(request.GET.get("over", ""))
    proposed = baseline_for(viewer, partnership, chosen, place) if chosen else None
    least = chosen.minimum_change if chosen else None
    initial = {"minimum_change": least, **(proposed.as_initial if proposed else {})}
    form = SetTarget(request.POST if request.method == "POST" else None, own=chosen is None, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = outcome_row(viewer, partnership, outcome)
        old = target_row(viewer, partnership, outcome, before) if before else None
        said = _said(form, chosen, place)
        if tried(form, lambda: set_target(by=viewer, outcome=row, said=said, supersedes=old)) is not None:
            messages.success(request, "The target is set.")
            return redirect("priorities:outcome", partnership=partnership, outcome=outcome)
    context = {"view": view, "invented": view.invented, "form": form, "card": card, "button": "Set the target",
               "heading": f"{chosen.title if chosen else 'A measure of our own'}: {place}", "chosen": chosen,
               "proposed": proposed}
    return render(request, "priorities/form.html", context)


def _before(text: str) -> UUID | None:
    """The target that is set anew."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _said(form: SetTarget, chosen: FrameworkIndicator | None, place: str) -> TargetSaid:
    given: dict[str, Any] = dict(form.cleaned_data)
    if chosen is not None:
        given |= {"indicator": chosen.key, "unit": chosen.unit}
    return TargetSaid(place=place, **given)
