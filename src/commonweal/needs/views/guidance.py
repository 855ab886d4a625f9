"""Guidance: whole, step by step, with a partnership's checklists, as a toolkit on paper, and as lessons."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.knowledge.views.files import sent
from commonweal.needs.actions.guidance import tick_checklist
from commonweal.needs.documents.toolkit import toolkit_document
from commonweal.needs.forms_guidance import Checklist
from commonweal.needs.queries.guidance import checklist_for, standings_for
from commonweal.needs.step_guidance import StepGuidance, in_order, step_guidance
from commonweal.present.forms import tried


@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """Every step that has guidance, in the order of the cycle."""
    return render(request, "needs/guidance/all.html", {"steps": in_order()})


@require_safe
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One step for everybody: the checklist is there to read and print."""
    return render(request, "needs/guidance/one.html", {"guidance": _known(step)})


@require_safe
def toolkit(request: HttpRequest, ending: str) -> HttpResponse:
    """The whole on paper."""
    if ending not in {"docx", "pdf"}:
        raise Http404("There is no such file.")
    return sent(toolkit_document(), ending, "commissioning-toolkit")


@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """Five minutes for elected members, one a stage."""
    return render(request, "needs/guidance/lessons.html", {"steps": in_order()})


@require_safe
def lesson(request: HttpRequest, step: str) -> HttpResponse:
    """One lesson, with the next."""
    ordered, one = in_order(), _known(step)
    at = ordered.index(one) + 1
    following = ordered[at] if at < len(ordered) else None
    context = {"guidance": one, "number": at, "of": len(ordered), "next": following}
    return render(request, "needs/guidance/lesson.html", context)


@login_required
@require_safe
def own(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every step, with how far a partnership's checklists are."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "standings": standings_for(viewer, partnership)}
    return render(request, "needs/guidance/own.html", context)


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def own_step(request: HttpRequest, partnership: UUID, step: str) -> HttpResponse:
    """One step's guidance with the partnership's own checklist, ticked and kept."""
    viewer = viewer_from(request)
    view, guidance = partnership_for(viewer, partnership), _known(step)
    lines = checklist_for(viewer, partnership, step)
    posted = request.method == "POST"
    if posted:
        require(viewer, Permission.DISCUSS, partnership)
    form = Checklist(request.POST if posted else None, lines=lines)
    if posted and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        if tried(form, lambda: tick_checklist(
            by=viewer, partnership=there, step=step, items=form.cleaned_data["done"]) + 1) is not None:
            messages.success(request, "Kept.")
            return redirect("needs:own-guidance", partnership=partnership, step=step)
    context = {"view": view, "invented": view.invented, "guidance": guidance, "lines": lines, "form": form,
               "may": viewer.may(Permission.DISCUSS, partnership)}
    return render(request, "needs/guidance/own_step.html", context)


def _known(step: str) -> StepGuidance:
    found = step_guidance().get(step)
    if found is None:
        raise Http404("There is no such step.")
    return found
