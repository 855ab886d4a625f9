"""Addresses of need across the country."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import country

urlpatterns = [
    path("country/", country.page, name="country"),
    path("country/areas.pmtiles", country.area_tiles, name="country-tiles"),
    path("country/districts.csv", country.districts, name="country-districts"),
]
