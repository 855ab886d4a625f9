"""The market: who wins what, where and at what price; and the files of notices it rests on."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core import clock
from commonweal.core.actions.jobs import start_job
from commonweal.core.figure import PlaceRef
from commonweal.core.intake.bringing import brought_in
from commonweal.core.models import Job, Partnership, Upload
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.views.files import sent
from commonweal.present.export_csv import csv_of
from commonweal.present.forms import tried
from commonweal.procurement.background import MARKET
from commonweal.procurement.forms_market import BringNotices, SeekMarket
from commonweal.procurement.pages.market import (
    awards_table,
    defects_table,
    market_answer,
    price_figure,
    price_words,
    winners_table,
)
from commonweal.procurement.queries.market import (
    MarketSought,
    import_for,
    imports_for,
    market_for,
    regions_for,
)

TABLES = {"winners": lambda market: winners_table(market, "", every=True),
          "awards": lambda market: awards_table(market, every=True)}


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Who wins what, where and at what price."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    form = SeekMarket(request.GET or None, regions=regions_for(viewer, partnership))
    market = market_for(viewer, partnership, _sought(request, form))
    here = reverse("procurement:market", args=[partnership])
    asked = request.GET.copy()
    asked.pop("supplier", None)
    return render(request, "procurement/market.html", {
        "view": view, "invented": view.invented, "form": form, "market": market, "answer": market_answer(market),
        "figure": price_figure(market, _place(view)), "few": price_words(market),
        "winners": winners_table(market, here), "awards": awards_table(market), "rest": request.GET.urlencode(),
        "supplier": _supplier(request, market.winners[0].name if market.winners else ""),
        "back": f"{here}?{asked.urlencode()}" if asked else here, "looked": bool(request.GET),
        "may_bring": viewer.may(Permission.UPLOAD, partnership)})


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, table: str) -> HttpResponse:
    """One table, whole, as CSV."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    if table not in TABLES:
        raise Http404("There is no such table.")
    form = SeekMarket(request.GET or None, regions=regions_for(viewer, partnership))
    market = market_for(viewer, partnership, _sought(request, form))
    mark = "-invented" if view.invented else ""
    return sent(csv_of(TABLES[table](market)), f"market-{table}{mark}-{clock.today():%Y-%m-%d}", "csv")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Bring a file of notices."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.UPLOAD, partnership)
    form = BringNotices(request.POST, request.FILES) if request.method == "POST" else BringNotices()
    if request.method == "POST" and form.is_valid():
        job = tried(form, lambda: _begun(viewer, Partnership.objects.get(pk=partnership), form))
        if job is not None:
            return redirect("web:job", job=job.pk)
    return render(request, "procurement/market_bring.html", {
        "view": view, "invented": view.invented, "form": form, "imports": imports_for(viewer, partnership)})


@login_required
@require_safe
def brought(request: HttpRequest, partnership: UUID, brought: UUID) -> HttpResponse:
    """One file, with every defect."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = import_for(viewer, partnership, brought)
    return render(request, "procurement/market_import.html", {
        "view": view, "invented": view.invented, "card": card, "table": defects_table(card)})


def _begun(viewer: Viewer, partnership: Partnership, form: BringNotices) -> Job:
    def begin(upload: Upload) -> Job:
        return start_job(by=viewer, kind=MARKET, key=f"{MARKET}:{upload.pk}", partnership=partnership,
                         subject=upload.pk, dataset=f"market-{partnership.pk}")

    return brought_in(by=viewer, partnership=partnership, file=form.cleaned_data["file"], begin=begin)


def _sought(request: HttpRequest, form: SeekMarket) -> MarketSought:
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    told = {name: given.get(name, "") for name in ("words", "kind", "where", "buyer")}
    supplier = request.GET.get("supplier", "")[:240].replace("\x00", "")
    return MarketSought(**told, since=given.get("since"), supplier=supplier)


def _supplier(request: HttpRequest, name: str) -> str:
    return name if request.GET.get("supplier") else ""


def _place(view: PartnershipView) -> PlaceRef:
    return PlaceRef("partnership", "", view.name, clock.today().year, invented=view.invented)
