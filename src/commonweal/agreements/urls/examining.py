"""Addresses of the examination of an agreement."""

from __future__ import annotations

from django.urls import path

from commonweal.agreements.views import examining

BASE = "partnership/<uuid:partnership>/agreements/"
ONE = f"{BASE}<uuid:agreement>/examination/"

urlpatterns = [
    path(ONE, examining.page, name="examination"),
    path(f"{ONE}examination.<slug:ending>", examining.as_file, name="examination-file"),
    path(f"{ONE}change/", examining.change, name="change-tell"),
    path(f"{ONE}way/", examining.way, name="way-choose"),
    path(f"{BASE}clause/<uuid:clause>/", examining.clause_change, name="clause-change"),
    path(f"{BASE}step/<uuid:step>/", examining.step, name="plan-step"),
]
