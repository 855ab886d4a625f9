"""Addresses of commissions, their tiers and specifications, and of standing orders."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import commissions, specifications, standing_orders

BASE = "partnership/<uuid:partnership>/commissions/"
ONE = f"{BASE}<uuid:commission>/"
OWN = "partnership/<uuid:partnership>/standing-orders/"

urlpatterns = [
    path(BASE, commissions.page, name="commissions"),
    path(f"{BASE}begin/", commissions.begin, name="commission-begin"),
    path(ONE, commissions.one, name="commission"),
    path(f"{ONE}change/", commissions.change, name="commission-change"),
    path(f"{ONE}origin/", commissions.origin, name="commission-origin"),
    path(f"{ONE}facts/", commissions.facts, name="commission-facts"),
    path(f"{ONE}size/", commissions.size, name="commission-size"),
    path(f"{ONE}tier/", commissions.tier, name="commission-tier"),
    path(f"{ONE}move/<slug:to>/", commissions.move, name="commission-move"),
    path(f"{ONE}commission.<slug:ending>", commissions.as_file, name="commission-file"),
    path(f"{ONE}specification/", specifications.page, name="specification"),
    path(f"{ONE}specification/write/", specifications.write, name="specification-write"),
    path(f"{ONE}specification/specification.<slug:ending>", specifications.as_file, name="specification-file"),
    path(OWN, standing_orders.page, name="standing-orders"),
    path(f"{OWN}enter/", standing_orders.enter, name="standing-orders-enter"),
]
