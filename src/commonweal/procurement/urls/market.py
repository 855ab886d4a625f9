"""Addresses of the market."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import market

BASE = "partnership/<uuid:partnership>/market/"

urlpatterns = [
    path(BASE, market.page, name="market"),
    path(f"{BASE}bring/", market.bring, name="market-bring"),
    path(f"{BASE}brought/<uuid:brought>/", market.brought, name="market-import"),
    path(f"{BASE}<slug:table>.csv", market.as_file, name="market-file"),
]
