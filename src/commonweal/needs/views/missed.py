"""Those who may be missed: named, and answered for at every step."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.cycle import step_title
from commonweal.core.errors import NotFound
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.steps import history_of
from commonweal.core.viewer import require, viewer_from
from commonweal.needs.actions.missed import Answer, answer_group, name_group
from commonweal.needs.forms_missed import AnswerGroup, NameGroup
from commonweal.needs.models import MissedVerdict
from commonweal.needs.queries.carried import carried_for, carried_steps
from commonweal.present.forms import tried

FIRST = "needs"


@login_required
@require_safe
def carried(request: HttpRequest, partnership: UUID, step: str = FIRST) -> HttpResponse:
    """Everybody who may be missed, and what one step does for them."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    found = carried_for(viewer, partnership, _known(step))
    history = history_of(viewer, partnership, step)
    context = {
        "view": view, "invented": view.invented, "step": step, "title": step_title(step), "carried": found,
        "closed": history[0] if history and history[0].closed else None,
        "left": sum(one.unanswered for one in found), "steps": [(one, step_title(one)) for one in carried_steps()],
        "may_answer": viewer.may(Permission.RECORD_EVIDENCE, partnership),
        "may_close": viewer.may(Permission.MANAGE_PARTNERSHIP, partnership),
    }
    return render(request, "needs/missed/carried.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, partnership: UUID, step: str, group: str) -> HttpResponse:
    """What this step does for one group, or why it does not."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    one = next((each for each in carried_for(viewer, partnership, _known(step)) if each.group.key == group), None)
    if one is None:
        raise NotFound("Nobody of this name is on the list of those who may be missed.")
    form = AnswerGroup(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told = Answer(group=group, step=step, verdict=MissedVerdict(said["verdict"]), words=said["words"],
                      onward=said["onward"])
        done = tried(form, lambda: answer_group(
            by=viewer, partnership=Partnership.objects.get(pk=partnership), answer=told))
        if done is not None:
            messages.success(request, "It is written down. It stays with this step.")
            return redirect("needs:carried-step", partnership=partnership, step=step)
    context = {"view": view, "invented": view.invented, "form": form, "one": one, "step": step,
               "title": step_title(step)}
    return render(request, "needs/missed/answer.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Put somebody on the list that no rule found."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = NameGroup(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = tried(form, lambda: name_group(
            by=viewer, partnership=Partnership.objects.get(pk=partnership), **form.cleaned_data))
        if done is not None:
            messages.success(request, f"{done.title}: on the list, at every step from here on.")
            return redirect("needs:carried", partnership=partnership)
    context = {"view": view, "invented": view.invented, "form": form}
    return render(request, "needs/missed/name.html", context)


def _known(step: str) -> str:
    if step not in carried_steps():
        raise NotFound("There is no such step.")
    return step
