"""Addresses of the one page for clubs and groups, open to everybody."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import stop

urlpatterns = [
    path("for-groups/", stop.stops_page, name="stops"),
    path("for-groups/<uuid:partnership>/", stop.page, name="stop"),
]
