"""Addresses of exports of visits: the systems, bringing a file, its columns, its receipt."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import visits

_ALL = "partnership/<uuid:partnership>/visits/"
_FILE = f"{_ALL}file/<uuid:file>/"

urlpatterns = [
    path(_ALL, visits.systems, name="visits"),
    path(f"{_ALL}bring/", visits.bring, name="visits-bring"),
    path(_FILE, visits.receipt, name="visit-file"),
    path(f"{_FILE}columns/", visits.columns, name="visit-columns"),
    path(f"{_FILE}again/", visits.again, name="visit-again"),
]
