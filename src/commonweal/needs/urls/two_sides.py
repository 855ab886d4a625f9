"""Addresses of the two sides of need."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import two_sides

BASE = "partnership/<uuid:partnership>/two-sides"

urlpatterns = [
    path(f"{BASE}/", two_sides.page, name="two-sides"),
    path(f"{BASE}.csv", two_sides.as_csv, name="two-sides-csv"),
]
