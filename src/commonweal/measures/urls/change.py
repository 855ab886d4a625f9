"""Addresses of change: worked out and answers scored for everybody; kept with an agreement."""

from __future__ import annotations

from django.urls import path

from commonweal.measures.views import change, change_kept, scoring

BASE = "partnership/<uuid:partnership>/performance/"

urlpatterns = [
    path("measures/change/", change.page, name="change"),
    path("measures/score/", scoring.page, name="score"),
    path(f"{BASE}agreement/<uuid:agreement>/change/", change_kept.keep, name="change-keep"),
    path(f"{BASE}change/<uuid:change>/", change_kept.one, name="change-kept"),
]
