"""Addresses of who can reach what, and of need beside it."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import need_reach, reach

urlpatterns = [
    path("place/<places:code>/reach/", reach.reach, name="reach"),
    path("place/<places:code>/reach.csv", reach.reach_file, name="reach-file"),
    path("place/<places:code>/need-and-reach/", need_reach.need_reach, name="need-reach"),
    path("place/<places:code>/need-and-reach.csv", need_reach.need_reach_file, name="need-reach-file"),
]
