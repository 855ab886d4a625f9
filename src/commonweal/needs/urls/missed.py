"""Addresses of those who may be missed, carried through the steps of the work."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import missed

BASE = "partnership/<uuid:partnership>/missed/"

urlpatterns = [
    path(BASE, missed.carried, name="carried"),
    path(f"{BASE}name/", missed.name, name="carried-name"),
    path(f"{BASE}<slug:step>/", missed.carried, name="carried-step"),
    path(f"{BASE}<slug:step>/<slug:group>/", missed.answer, name="carried-answer"),
]
