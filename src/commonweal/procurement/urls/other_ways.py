"""Addresses of other ways than a plain competition."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import other_ways

OWN = "partnership/<uuid:partnership>/commissions/<uuid:commission>/"

urlpatterns = [
    path(f"{OWN}competition/talk/", other_ways.talk, name="competing-talk"),
    path(f"{OWN}direct/", other_ways.direct, name="award-directly"),
]
