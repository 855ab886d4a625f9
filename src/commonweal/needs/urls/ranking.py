"""Addresses of putting needs in order: the rounds, one round, and an organisation's ranking."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import ranking

BASE = "partnership/<uuid:partnership>/order/"

urlpatterns = [
    path(BASE, ranking.rounds, name="ranking-rounds"),
    path(f"{BASE}open/", ranking.open_one, name="ranking-open"),
    path(f"{BASE}<uuid:round_id>/", ranking.one, name="ranking-round"),
    path(f"{BASE}<uuid:round_id>/rank/<slug:side>/", ranking.rank, name="ranking-rank"),
    path(f"{BASE}<uuid:round_id>/workshop.<slug:ending>", ranking.workshop, name="ranking-workshop"),
]
