"""The same question of several surveys: chosen, pooled, taken away."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.errors import Refused
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.needs.content import read
from commonweal.needs.pages.survey_pool import parts_table, pooled_table
from commonweal.needs.queries.survey_pool import Pick, pool_choices, pooled_for
from commonweal.present.export_csv import csv_of


@login_required
@require_safe
def pool(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Choose the questions that ask the same, and see them as one."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    choices, chosen = pool_choices(viewer, partnership), request.GET.getlist("q")
    context = {"view": view, "invented": view.invented, "choices": choices, "chosen": chosen, "wrong": "",
               "words": read("survey")["pool"]}
    if chosen:
        try:
            found = pooled_for(viewer, partnership, picks_of(chosen))
            context |= {"found": found, "whole": pooled_table(found), "parts": parts_table(found),
                        "query": request.GET.urlencode()}
        except Refused as refusal:
            context["wrong"] = str(refusal)
    return render(request, "needs/survey/pool.html", context)


@login_required
@require_safe
def pool_csv(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Each survey's answers and how much they count, as a file."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    found = pooled_for(viewer, partnership, picks_of(request.GET.getlist("q")))
    answer = HttpResponse(csv_of(parts_table(found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="pooled-surveys.csv"'
    return answer


def picks_of(chosen: list[str]) -> tuple[Pick, ...]:
    """A survey and a question of it from each `survey:question`; anything else is refused."""
    found = []
    for one in chosen[:50]:
        survey, _, question = one.partition(":")
        try:
            found.append((UUID(survey), question))
        except ValueError:
            raise Refused("Choose questions from the list.") from None
    return tuple(found)
