"""Addresses of who can reach what."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import reach

urlpatterns = [
    path("place/<places:code>/reach/", reach.reach, name="reach"),
    path("place/<places:code>/reach.csv", reach.reach_file, name="reach-file"),
]
