"""Addresses of returns, for those who ask for them."""

from __future__ import annotations

from django.urls import path

from commonweal.measures.views import returns

BASE = "partnership/<uuid:partnership>/returns/"
ONE = f"{BASE}<uuid:returned>/"

urlpatterns = [
    path(BASE, returns.page, name="returns"),
    path(f"{BASE}ask/", returns.ask, name="returns-ask"),
    path(f"{BASE}plan/<uuid:agreement>/", returns.plan, name="return-plan"),
    path(f"{BASE}own/<uuid:returned>/", returns.open_own, name="return-open-own"),
    path(ONE, returns.one, name="return-one"),
    path(f"{ONE}link/", returns.link, name="return-link"),
    path(f"{ONE}end-links/", returns.end, name="return-end-links"),
    path(f"{ONE}by-telephone/", returns.spoken, name="return-spoken"),
]
