"""Addresses of trades: services for services."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import trades

BASE = "partnership/<uuid:partnership>/trades/"
ONE = f"{BASE}<uuid:trade>/"

urlpatterns = [
    path(BASE, trades.page, name="trades"),
    path(f"{BASE}begin/", trades.begin, name="trade-begin"),
    path(ONE, trades.one, name="trade"),
    path(f"{ONE}give/", trades.give, name="trade-give"),
    path(f"{ONE}give/<uuid:line>/out/", trades.take_out, name="trade-take-out"),
    path(f"{ONE}agree/", trades.agree, name="trade-agree"),
    path(f"{ONE}given/<uuid:line>/", trades.write, name="trade-given"),
    path(f"{ONE}confirm/<uuid:given>/", trades.confirm, name="trade-confirm"),
    path(f"{ONE}end/", trades.end, name="trade-end"),
]
