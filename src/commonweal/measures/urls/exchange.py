"""Addresses of returns as files: those that are taken away, and those that come back."""

from __future__ import annotations

from django.urls import path

from commonweal.measures.views import exchange

LINK = "return/<uuid:returned>/"
ASKER = "partnership/<uuid:partnership>/returns/<uuid:returned>/"

urlpatterns = [
    path(f"{LINK}file/<slug:kind>/", exchange.file_by_link, name="return-file"),
    path(f"{LINK}bring/", exchange.bring_by_link, name="return-bring"),
    path(f"{ASKER}file/<slug:kind>/", exchange.file_for_askers, name="return-one-file"),
    path(f"{ASKER}bring/", exchange.bring_for_askers, name="return-one-bring"),
]
