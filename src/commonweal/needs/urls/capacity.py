"""Addresses of the self-assessment and its plan."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import capacity

BASE = "partnership/<uuid:partnership>/capacity/"

urlpatterns = [
    path(BASE, capacity.capacity, name="capacity"),
    path(f"{BASE}plan/", capacity.plan, name="capacity-plan"),
    path(f"{BASE}plan/<uuid:step>/", capacity.step, name="capacity-step"),
    path(f"{BASE}show/", capacity.show, name="capacity-show"),
    path(f"{BASE}again/", capacity.again, name="capacity-again"),
    path(f"{BASE}<slug:which>/", capacity.start, name="capacity-start"),
    path(f"{BASE}<slug:which>/<slug:question>/", capacity.question, name="capacity-question"),
]
