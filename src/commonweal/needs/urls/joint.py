"""Addresses of joint workshops."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import joint

BASE = "partnership/<uuid:partnership>/joint-workshops/"

urlpatterns = [
    path(BASE, joint.proposed, name="joint"),
    path(f"{BASE}<slug:key>/hold/", joint.hold, name="joint-hold"),
]
