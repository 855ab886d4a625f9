"""Addresses of gaps and the plans that close them."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import support

BASE = "partnership/<uuid:partnership>/support/"
ONE = f"{BASE}<uuid:plan>/"

urlpatterns = [
    path(BASE, support.page, name="support"),
    path(f"{BASE}new/", support.write, name="support-new"),
    path(ONE, support.one, name="support-plan"),
    path(f"{ONE}change/", support.write, name="support-change"),
    path(f"{ONE}give/", support.give, name="support-give"),
    path(f"{ONE}end/", support.end, name="support-end"),
]
