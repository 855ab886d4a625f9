"""Addresses of what partners bring as evidence: the list, one piece, and what is done with it."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import evidence, participation

BASE = "partnership/<uuid:partnership>/evidence/"

urlpatterns = [
    path(BASE, evidence.listed, name="evidence-list"),
    path(f"{BASE}add/", evidence.add, name="evidence-add"),
    path(f"{BASE}consultation/", participation.bring, name="evidence-participation"),
    path(f"{BASE}evidence.csv", evidence.as_csv, name="evidence-csv"),
    path(f"{BASE}<uuid:item>/", evidence.one, name="evidence-item"),
    path(f"{BASE}<uuid:item>/correct/", evidence.correct, name="evidence-correct"),
    path(f"{BASE}<uuid:item>/place/", evidence.place, name="evidence-place"),
    path(f"{BASE}<uuid:item>/withdraw/", evidence.withdraw, name="evidence-withdraw"),
]
