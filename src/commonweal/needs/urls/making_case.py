"""Addresses of the case to each partner."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import making_case

BASE = "partnership/<uuid:partnership>/case-to-partners/"

urlpatterns = [
    path(BASE, making_case.cases, name="cases"),
    path(f"{BASE}<uuid:organisation>/", making_case.case, name="case"),
]
