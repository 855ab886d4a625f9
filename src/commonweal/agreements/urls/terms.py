"""Addresses of an agreement's terms."""

from __future__ import annotations

from django.urls import path

from commonweal.agreements.views import correcting, terms

BASE = "partnership/<uuid:partnership>/agreements/"

urlpatterns = [
    path(f"{BASE}<uuid:agreement>/terms/", terms.page, name="terms"),
    path(f"{BASE}<uuid:agreement>/terms/add/<slug:kind>/", terms.add, name="term-add"),
    path(f"{BASE}terms/book/<uuid:share>/", terms.year, name="term-year"),
    path(f"{BASE}terms/correct/<slug:kind>/<uuid:term>/", correcting.correct, name="term-correct"),
    path(f"{BASE}terms/remove/<slug:kind>/<uuid:term>/", terms.remove, name="term-remove"),
    path(f"{BASE}terms/paper/<uuid:paper>/", terms.paper, name="term-paper"),
]
