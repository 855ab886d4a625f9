"""Addresses of want and need, and of decisions on priorities."""

from __future__ import annotations

from django.urls import path

from commonweal.priorities.views import decisions, weighings

BASE = "partnership/<uuid:partnership>/want-and-need/"
TAKEN = "partnership/<uuid:partnership>/decisions/"

urlpatterns = [
    path(BASE, weighings.page, name="weighings"),
    path(f"{BASE}begin/", weighings.begin, name="weighing-begin"),
    path(f"{BASE}<uuid:weighing>/", weighings.one, name="weighing"),
    path(f"{BASE}<uuid:weighing>/scores/", weighings.score, name="weighing-score"),
    path(f"{BASE}<uuid:weighing>/weights/<slug:side>/", weighings.weigh, name="weighing-weights"),
    path(f"{BASE}<uuid:weighing>/decide/", decisions.decide, name="decide"),
    path(f"{TAKEN}<uuid:decision>/<int:number>/", decisions.one, name="decision"),
    path(f"{TAKEN}<uuid:decision>/<int:number>/decision.<slug:ending>", decisions.as_file, name="decision-file"),
]
