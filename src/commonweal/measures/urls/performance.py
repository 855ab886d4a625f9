"""Addresses of performance: all agreements, one of them, providers beside each other."""

from __future__ import annotations

from django.urls import path

from commonweal.measures.views import comparing, performance

BASE = "partnership/<uuid:partnership>/performance/"
COMPARED = f"{BASE}compared/<uuid:comparison>/"

urlpatterns = [
    path(BASE, performance.page, name="performance"),
    path(f"{BASE}assessment/", performance.assessment, name="self-assessment"),
    path(f"{BASE}assessment.<str:ending>", performance.assessment_file, name="self-assessment-file"),
    path(f"{BASE}agreement/<uuid:agreement>/", performance.one, name="agreement-performance"),
    path(f"{BASE}measure/<uuid:measure>/told-by/", performance.told_by, name="measure-told-by"),
    path(f"{BASE}measure/<uuid:measure>/payment/", performance.payment, name="measure-payment"),
    path(f"{BASE}measure/<uuid:measure>/payment/end/", performance.payment_end, name="measure-payment-end"),
    path(f"{BASE}compared/", comparing.listed, name="comparisons"),
    path(f"{BASE}compare/", comparing.compare, name="compare"),
    path(COMPARED, comparing.one, name="comparison"),
    path(f"{COMPARED}reply/", comparing.reply, name="comparison-reply"),
]
