"""Whether a whole area changed: worked out on one page, without an account, nothing kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from commonweal.measures.forms_area import AreasForm, SeriesForm
from commonweal.measures.pages.area_change import areas_told, series_told


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Two questions; once one is answered, the answer above them."""
    several = request.method == "POST" and "areas" in request.POST
    series = SeriesForm(request.POST if request.method == "POST" and not several else None)
    areas = AreasForm(request.POST if several else None)
    told = None
    if series.is_bound and series.is_valid():
        told = series_told(**series.cleaned_data)
    if areas.is_bound and areas.is_valid():
        told = areas_told(areas.cleaned_data["areas"])
    return render(request, "measures/area_change.html", {"series": series, "areas": areas, "told": told})
