"""Addresses of the partners' own priorities."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import priorities

BASE = "partnership/<uuid:partnership>/partners-priorities/"

urlpatterns = [
    path(BASE, priorities.page, name="priorities"),
    path(f"{BASE}record/", priorities.record, name="priority-record"),
    path(f"{BASE}<uuid:priority>/", priorities.change, name="priority-change"),
    path(f"{BASE}<uuid:priority>/withdraw/", priorities.withdraw, name="priority-withdraw"),
]
