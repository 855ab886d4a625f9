"""Addresses of the needs stage, one module a part of it: each holds its own `urlpatterns`."""

from __future__ import annotations

from commonweal.needs.urls import capacity, contacts, evidence, guidance, need, place, reach

app_name = "needs"

urlpatterns = [
    *place.urlpatterns, *reach.urlpatterns, *capacity.urlpatterns, *guidance.urlpatterns, *need.urlpatterns,
    *evidence.urlpatterns,
    *contacts.urlpatterns,
]
