"""Addresses of the community right to challenge."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import challenges

BASE = "partnership/<uuid:partnership>/challenges/"
ONE = f"{BASE}<uuid:challenge>/"

urlpatterns = [
    path("challenges/", challenges.public, name="challenges-public"),
    path(BASE, challenges.page, name="challenges"),
    path(f"{BASE}write/", challenges.write, name="challenge-write"),
    path(ONE, challenges.one, name="challenge"),
    path(f"{ONE}decide/", challenges.decide, name="challenge-decide"),
    path(f"{ONE}compete/", challenges.compete, name="challenge-compete"),
]
