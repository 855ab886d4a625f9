"""Addresses of what could be done together."""

from __future__ import annotations

from django.urls import path

from commonweal.agreements.views import joint

BASE = "partnership/<uuid:partnership>/together/"
ONE = f"{BASE}<uuid:proposal>/"

urlpatterns = [
    path(BASE, joint.listed, name="together"),
    path(f"{BASE}propose/<slug:key>/", joint.propose, name="together-propose"),
    path(ONE, joint.one, name="together-one"),
    path(f"{ONE}join/", joint.join, name="together-join"),
    path(f"{ONE}leave/", joint.leave, name="together-leave"),
    path(f"{ONE}withdraw/", joint.withdraw, name="together-withdraw"),
]
