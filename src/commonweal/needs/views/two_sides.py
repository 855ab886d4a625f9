"""The two sides of need: one page, and the same as a file."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.pages.two_sides import NONE_HELD, two_sides_table
from commonweal.needs.queries.two_sides import two_sides
from commonweal.present.export_csv import csv_of


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What people need of culture and sport, beside what these can do for wider needs."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "sides": two_sides(viewer, partnership),
               "none_held": NONE_HELD}
    return render(request, "needs/two_sides.html", context)


@login_required
@require_safe
def as_csv(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Both sides as a file: never one without the other."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    body = csv_of(two_sides_table(two_sides(viewer, partnership)))
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="two-sides.csv"'
    return answer
