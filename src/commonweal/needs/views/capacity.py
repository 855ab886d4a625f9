"""The ten-minute self-assessment: one question a page, the result in words, the plan, and what partners share."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core import clock
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.actions.capacity import answer_capacity, begin_again, change_step, plan_steps, show_result
from commonweal.needs.capacity_content import questions, rules, themes
from commonweal.needs.content import read
from commonweal.needs.forms_capacity import CANNOT_SAY, CapacityQuestion, PlanTime, StepForm
from commonweal.needs.queries.capacity import own_answers, own_capacity, shared_capacity

WHICH = {"mine": False, "agreed": True}


@login_required
@require_safe
def capacity(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Where one's own organisation stands, and what partners share."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    own = own_capacity(viewer, partnership)
    context = {
        "view": view, "own": own, "shared": shared_capacity(viewer, partnership, seats=len(view.seats)),
        "rules": rules(), "content": read("capacity"), "invented": view.invented, "time": PlanTime(),
        "may_answer": viewer.may(Permission.SELF_ASSESS, partnership),
        "may_begin_again": own.again_from is not None and own.again_from <= clock.today(),
    }
    return render(request, "needs/capacity/capacity.html", context)


@login_required
@require_safe
def start(request: HttpRequest, partnership: UUID, which: str) -> HttpResponse:
    """On to the first question without an answer, or back to where the result is."""
    viewer = viewer_from(request)
    _whoever_answers(viewer, partnership)
    given = own_answers(viewer, partnership, agreed=_agreed(which))
    left = next((one.key for one in questions() if one.key not in given), None)
    if left is None and "from" not in request.GET:
        return redirect("needs:capacity", partnership=partnership)
    return redirect("needs:capacity-question", partnership=partnership, which=which,
                    question=left or questions()[0].key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, partnership: UUID, which: str, question: str) -> HttpResponse:
    """One question; its answer is saved as soon as it is given."""
    viewer = viewer_from(request)
    view = _whoever_answers(viewer, partnership)
    agreed = _agreed(which)
    keys = [one.key for one in questions()]
    if question not in keys:
        raise NotFound("There is no such question.")
    at = keys.index(question)
    asked = questions()[at]
    given = own_answers(viewer, partnership, agreed=agreed)
    held = {"level": CANNOT_SAY if given[question] is None else str(given[question])} if question in given else {}
    form = CapacityQuestion(asked, request.POST if request.method == "POST" else None, initial=held)
    if request.method == "POST" and form.is_valid():
        answer_capacity(by=viewer, partnership=Partnership.objects.get(pk=partnership), question=question,
                        level=form.chosen, agreed=agreed)
        if at + 1 < len(keys):
            return redirect("needs:capacity-question", partnership=partnership, which=which, question=keys[at + 1])
        messages.success(request, "Your answers are saved. You can change them at any time.")
        return redirect("needs:capacity", partnership=partnership)
    context = {
        "view": view, "form": form, "which": which, "agreed": agreed, "number": at + 1, "asked": len(keys),
        "before": keys[at - 1] if at else "", "invented": view.invented,
        "theme": next(one.title for one in themes() if one.key == asked.theme),
    }
    return render(request, "needs/capacity/question.html", context)


@login_required
@require_POST
def plan(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Make the plan for the time there is."""
    viewer = viewer_from(request)
    _whoever_answers(viewer, partnership)
    form = PlanTime(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose how much time there is.")
        return redirect("needs:capacity", partnership=partnership)
    time = form.cleaned_data["time"]
    try:
        made = plan_steps(by=viewer, partnership=Partnership.objects.get(pk=partnership), time=time)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("needs:capacity", partnership=partnership)
    words = {0: "Nothing new fits in that time.", 1: "1 step is in your plan."}
    messages.success(request, words.get(len(made), f"{len(made)} steps are in your plan."))
    return redirect("needs:capacity", partnership=partnership)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, partnership: UUID, step: UUID) -> HttpResponse:
    """Give a step its owner and date, or tick it off."""
    viewer = viewer_from(request)
    view = _whoever_answers(viewer, partnership)
    own = own_capacity(viewer, partnership)
    line = next((one for one in own.plan if one.id == step), None)
    if line is None:
        raise NotFound("There is no such step, or it is another organisation's.")
    held = {"owner": str(line.owner_id or ""), "due": line.due, "done": line.done is not None}
    form = StepForm(own, request.POST if request.method == "POST" else None, initial=held)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            change_step(by=viewer, partnership=Partnership.objects.get(pk=partnership), step=step,
                        owner=UUID(said["owner"]) if said["owner"] else None, due=said["due"], done=said["done"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The step is saved.")
            return redirect("needs:capacity", partnership=partnership)
    context = {"view": view, "form": form, "line": line, "invented": view.invented}
    return render(request, "needs/capacity/step.html", context)


@login_required
@require_POST
def show(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Show the result to the partnership, or take it back."""
    viewer = viewer_from(request)
    _whoever_answers(viewer, partnership)
    shown = request.POST.get("shown") == "yes"
    try:
        show_result(by=viewer, partnership=Partnership.objects.get(pk=partnership), shown=shown)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        now = "can now see your result as it stands today" if shown else "no longer see your result"
        messages.success(request, f"Partners {now}.")
    return redirect("needs:capacity", partnership=partnership)


@login_required
@require_POST
def again(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Begin the next round."""
    viewer = viewer_from(request)
    _whoever_answers(viewer, partnership)
    try:
        begin_again(by=viewer, partnership=Partnership.objects.get(pk=partnership))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("needs:capacity", partnership=partnership)
    return redirect("needs:capacity-start", partnership=partnership, which="mine")


def _whoever_answers(viewer: Viewer, partnership: UUID) -> PartnershipView:
    """The partnership, for those who answer for an organisation; who only looks changes nothing."""
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.SELF_ASSESS, partnership)
    return view


def _agreed(which: str) -> bool:
    if which not in WHICH:
        raise NotFound("There is no such set of answers.")
    return WHICH[which]
