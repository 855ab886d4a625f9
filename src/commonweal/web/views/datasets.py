"""The data sets: whose each is, how fresh, what was kept out."""

from __future__ import annotations

import csv
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from commonweal.core.queries.datasets import Which, dataset_for, datasets_for, kept_out_rows, own_dataset
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.present.guard import guarded

A_PAGE = 20
LONGEST_QUERY = 100


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The published ones first."""
    return redirect("web:datasets", which=Which.PUBLISHED)


@require_safe
def listed(request: HttpRequest, which: str) -> HttpResponse:
    """Every data set of a store."""
    found = datasets_for(viewer_from(request), _which(which))
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    matching = found.saying(query)
    context = {
        "listed": found, "which": found.which, "invented": found.which is Which.EXAMPLE, "query": query,
        "matching": matching, "page": Paginator(matching, A_PAGE).get_page(request.GET.get("page")),
        "base": f"?{urlencode({'q': query})}&page=" if query else "?page=",
    }
    return render(request, "web/data/datasets.html", context)


@require_safe
def dataset(request: HttpRequest, which: str, dataset: str) -> HttpResponse:
    """One data set in full."""
    view = dataset_for(viewer_from(request), _which(which), dataset)
    kind = view.card.which
    context = {"view": view, "card": view.card, "which": kind, "invented": kind is Which.EXAMPLE}
    return render(request, "web/data/dataset.html", context)


@login_required
@require_safe
def own(request: HttpRequest, partnership: UUID, dataset: str) -> HttpResponse:
    """One that a partnership brought itself."""
    viewer = viewer_from(request)
    home = partnership_for(viewer, partnership)
    view = own_dataset(viewer, partnership, dataset)
    context = {"home": home, "view": view, "card": view.card, "invented": home.invented}
    return render(request, "web/data/own_dataset.html", context)


@require_safe
def kept_out(request: HttpRequest, which: str, dataset: str) -> HttpResponse:
    """Every row kept out, as a file."""
    viewer = viewer_from(request)
    dataset_for(viewer, _which(which), dataset)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{dataset}-kept-out.csv"'
    rows = csv.writer(response)
    rows.writerow(["sheet", "row", "column", "reason"])
    for row in kept_out_rows(viewer, _which(which), dataset):
        rows.writerow([guarded(row.sheet), row.row, guarded(row.column), guarded(row.reason)])
    return response


def _which(text: str) -> Which:
    if text not in set(Which):
        raise Http404
    return Which(text)
