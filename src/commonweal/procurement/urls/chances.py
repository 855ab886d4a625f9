"""Addresses of chances: one's own, and who was not told."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import chances

BASE = "partnership/<uuid:partnership>/chances/"

urlpatterns = [
    path(BASE, chances.page, name="chances"),
    path(f"{BASE}<uuid:listing>/<slug:said>/", chances.answer, name="chance-answer"),
    path("partnership/<uuid:partnership>/commissions/<uuid:commission>/reach/", chances.reach, name="reach"),
    path("coming/chances/<str:token>/end/", chances.ended, name="chances-end"),
]
