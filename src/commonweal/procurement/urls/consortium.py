"""Addresses of teams: what is asked, one's own answer, what could be covered, and the finder."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import consortium

BASE = "partnership/<uuid:partnership>/teams/"
ONE = f"{BASE}<uuid:commission>/"

urlpatterns = [
    path(BASE, consortium.page, name="teams"),
    path(ONE, consortium.one, name="team-brief"),
    path(f"{ONE}write/", consortium.write, name="team-write"),
    path(f"{ONE}willing/", consortium.willing, name="team-willing"),
    path(f"{ONE}withdraw/", consortium.leave, name="team-withdraw"),
    path(f"{ONE}find/", consortium.find, name="team-find"),
    path(f"{ONE}look/<slug:what>/", consortium.search, name="team-search"),
    path(f"{ONE}letter.<slug:ending>", consortium.letter, name="team-letter"),
]
