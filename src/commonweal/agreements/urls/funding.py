"""Addresses of the money map, the notice clock, the path of a grant, and rewards."""

from __future__ import annotations

from django.urls import path

from commonweal.agreements.views import funding

BASE = "partnership/<uuid:partnership>/funding/"

urlpatterns = [
    path(BASE, funding.page, name="money-map"),
    path(f"{BASE}lines.csv", funding.as_csv, name="money-csv"),
    path(f"{BASE}enter/", funding.enter, name="money-enter"),
    path(f"{BASE}means/", funding.means, name="money-means"),
    path(f"{BASE}bring/", funding.bring, name="money-bring"),
    path(f"{BASE}notice/", funding.notices, name="notices"),
    path(f"{BASE}notice/<uuid:agreement>/", funding.notice, name="notice"),
    path(f"{BASE}sort/<uuid:agreement>/", funding.role, name="money-role"),
    path(f"{BASE}path/", funding.paths, name="paths"),
    path(f"{BASE}path/<uuid:agreement>/", funding.path, name="path"),
    path(f"{BASE}path/<uuid:agreement>/<slug:step>/", funding.step, name="path-step"),
    path(f"{BASE}reward/", funding.rewards, name="rewards"),
    path(f"{BASE}reward/share/", funding.reward, name="reward-share"),
]
