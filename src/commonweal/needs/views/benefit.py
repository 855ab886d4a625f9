"""Who benefits: the page of a system in a year, its files, its costs, who sees it, and deleting it for good."""

from __future__ import annotations

import shutil
from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core import clock
from commonweal.core.errors import CommonwealError, NotFound
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.actions.visits import place_results, remove_visits, say_costs
from commonweal.needs.content import read
from commonweal.needs.documents.benefit import benefit_page, benefit_workbook
from commonweal.needs.forms_visits import SiteCosts
from commonweal.needs.pages.benefit import benefit_view
from commonweal.needs.pages.release_register import register_view
from commonweal.needs.pages.what_if import what_if_view
from commonweal.needs.queries.benefit import Benefit, benefit_for, costs_of, registers_for, taking_part_of
from commonweal.needs.queries.benefit_place import area_choices, benefit_place
from commonweal.needs.queries.visit_store import visit_store
from commonweal.needs.queries.visits import is_mine, system_row
from commonweal.needs.queries.what_if import asked_for, what_if
from commonweal.needs.views.files import as_paper, sent
from commonweal.present.workbook import render_workbook


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, system: UUID) -> HttpResponse:
    """Who benefits in the year asked for."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = _found(request, viewer, partnership, system)
    context = {
        "view": view, "invented": view.invented, "found": found, "shown": benefit_view(found),
        "titles": read("benefit")["titles"],
        "years": [(year, f"{year}/{(year + 1) % 100:02d}") for year in found.years],
        "may_change": found.mine and viewer.may(Permission.UPLOAD, partnership),
    }
    return render(request, "needs/visits/benefit.html", context)


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, system: UUID, ending: str) -> HttpResponse:
    """The page on one sheet as Word or PDF, or every table as a workbook."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = _found(request, viewer, partnership, system)
    shown, day = benefit_view(found), clock.today()
    if ending == "xlsx":
        return sent(render_workbook(benefit_workbook(found, shown, day)), _name(found), ending)
    body = as_paper(benefit_page(found, shown, day), ending)
    return sent(body, _name(found), ending)


@login_required
@require_safe
def releases(request: HttpRequest, partnership: UUID, system: UUID) -> HttpResponse:
    """What partners were shown of each year, when and whom, and what was kept back and why."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row, registers = registers_for(viewer, partnership, system)
    context = {"view": view, "invented": view.invented, "system": row, "shown": register_view(row, registers)}
    return render(request, "needs/visits/releases.html", context)


@login_required
@require_safe
def what_if_page(request: HttpRequest, partnership: UUID, system: UUID) -> HttpResponse:
    """What another price might do to people, income and subsidy."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = _found(request, viewer, partnership, system)
    asked = asked_for(*(request.GET.get(name, "") for name in ("everybody", "in_need", "tenths")))
    shown = what_if_view(found, asked, what_if(found, asked))
    context = {"view": view, "invented": view.invented, "found": found, "shown": shown}
    return render(request, "needs/visits/what_if.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def costs(request: HttpRequest, partnership: UUID, system: UUID) -> HttpResponse:
    """What each site cost and earned in a year."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = system_row(viewer, partnership, system)
    require(viewer, Permission.UPLOAD, partnership)
    if not is_mine(viewer, row):
        raise NotFound("There is no such system, or it is another organisation's.")
    found = _found(request, viewer, partnership, system)
    sites, year = [site for site, _ in found.summary.sites if site], found.summary.year
    form = SiteCosts(
        sites, costs_of(row, year), request.POST if request.method == "POST" else None,
        areas=area_choices(benefit_place(partnership)), part=taking_part_of(row, year),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _say_costs(viewer, partnership, system, year, form)
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{reverse('needs:benefit', args=[partnership, system])}?year={year}")
    context = {"view": view, "form": form, "invented": view.invented, "found": found}
    return render(request, "needs/visits/costs.html", context)


@login_required
@require_POST
def show(request: HttpRequest, partnership: UUID, system: UUID) -> HttpResponse:
    """Show the results to partners, or take them back."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    system_row(viewer, partnership, system)
    shown = request.POST.get("choice", "") == "show"
    place_results(by=viewer, system=system, partnership=_row(partnership), show=shown)
    messages.success(request, "Partners see the results now." if shown else "Only your organisation sees it now.")
    return redirect("needs:benefit", partnership=partnership, system=system)


@login_required
@require_POST
def delete(request: HttpRequest, partnership: UUID, system: UUID) -> HttpResponse:
    """Delete the visits for good."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    system_row(viewer, partnership, system)
    row = remove_visits(by=viewer, system=system, partnership=_row(partnership))
    shutil.rmtree(visit_store(row).root, ignore_errors=True)
    messages.success(request, "The visits are deleted. Nothing that was worked out from them is kept.")
    return redirect("needs:visits", partnership=partnership)


def _found(request: HttpRequest, viewer: Viewer, partnership: UUID, system: UUID) -> Benefit:
    asked = request.GET.get("year", "")
    return benefit_for(viewer, partnership, system, int(asked) if asked.isascii() and asked.isdigit() else None)


def _say_costs(viewer: Viewer, partnership: UUID, system: UUID, year: int, form: SiteCosts) -> None:
    said: dict[str, tuple[Decimal, Decimal]] = form.costs()
    say_costs(
        by=viewer, system=system, partnership=_row(partnership), year=year, source=form.cleaned_data["source"],
        costs=said, areas=form.areas(), taking_part=form.taking_part(),
    )


def _row(partnership: UUID) -> Partnership:
    found: Partnership = Partnership.objects.get(pk=partnership)
    return found


def _name(found: Benefit) -> str:
    invented = "-invented" if found.system.partnership.invented else ""
    return f"who-benefits-{found.system.key}-{found.summary.year}{invented}"
