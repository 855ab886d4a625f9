"""What if a site opened, moved or closed, or more people were reached."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.pages.what_if_sites import cannot_view, sites_view
from commonweal.needs.queries.benefit import benefit_for, site_areas
from commonweal.needs.queries.benefit_place import benefit_place
from commonweal.needs.queries.what_if_sites import known_of, outreach_asked, site_asked


@login_required
@require_safe
def sites(request: HttpRequest, partnership: UUID, system: UUID) -> HttpResponse:
    """People reached, income and subsidy if a site changed, or if outreach brought more."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    year = request.GET.get("year", "")
    found = benefit_for(viewer, partnership, system, int(year) if year.isascii() and year.isdigit() else None)
    land = benefit_place(partnership)
    known = known_of(found, land, site_areas(found.system, found.summary.year))
    context = {"view": view, "invented": view.invented, "found": found,
               "may_change": found.mine and viewer.may(Permission.UPLOAD, partnership)}
    if known is None or land is None:
        return render(request, "needs/visits/what_if_sites.html", {**context, "shown": cannot_view()})
    asked, more = site_asked(known, request.GET), outreach_asked(request.GET)
    shown = sites_view(found, land, known, asked, more)
    return render(request, "needs/visits/what_if_sites.html", {
        **context, "shown": shown, "asked": asked, "outreach": more})
