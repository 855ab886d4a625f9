"""Addresses of outcomes, their targets, and the frameworks they may take measures from."""

from __future__ import annotations

from django.urls import path

from commonweal.priorities.views import frameworks, outcomes, targets

BASE = "partnership/<uuid:partnership>/outcomes/"

urlpatterns = [
    path("frameworks/", frameworks.page, name="frameworks"),
    path(BASE, outcomes.page, name="outcomes"),
    path(f"{BASE}outcomes.<slug:ending>", outcomes.as_file, name="outcomes-file"),
    path(f"{BASE}write/", outcomes.write, name="outcome-write"),
    path(f"{BASE}<uuid:outcome>/", outcomes.one, name="outcome"),
    path(f"{BASE}<uuid:outcome>/change/", outcomes.change, name="outcome-change"),
    path(f"{BASE}<uuid:outcome>/withdraw/", outcomes.withdraw, name="outcome-withdraw"),
    path(f"{BASE}<uuid:outcome>/target/", targets.choose, name="target-choose"),
    path(f"{BASE}<uuid:outcome>/target/set/", targets.set_one, name="target-set"),
]
