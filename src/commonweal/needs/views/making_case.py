"""The case to each partner: the list of all, and one."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.pages.two_sides import NONE_HELD
from commonweal.needs.queries.making_case import case_to, cases_for


@login_required
@require_safe
def cases(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every partner, and how far the case to it goes."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = cases_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "cases": found,
               "told": sum(bool(one.priorities) for one in found)}
    return render(request, "needs/case/list.html", context)


@login_required
@require_safe
def case(request: HttpRequest, partnership: UUID, organisation: UUID) -> HttpResponse:
    """The case to one partner, for and against."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "case": case_to(viewer, partnership, organisation),
               "none_held": NONE_HELD}
    return render(request, "needs/case/one.html", context)
