"""Addresses of the papers of a commission."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import papers

ONE = "partnership/<uuid:partnership>/commissions/<uuid:commission>/papers/"

urlpatterns = [
    path(ONE, papers.pack, name="papers"),
    path(f"{ONE}<slug:paper>.<slug:ending>", papers.as_file, name="paper-file"),
]
