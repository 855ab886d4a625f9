"""Addresses of the joint statement: read it, write it from a round, sign it, take it as a file."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import statement

BASE = "partnership/<uuid:partnership>/statement"

urlpatterns = [
    path(f"{BASE}/", statement.one, name="statement"),
    path(f"{BASE}/write/<uuid:round_id>/", statement.write, name="statement-write"),
    path(f"{BASE}/sign/", statement.sign, name="statement-sign"),
    path(f"{BASE}.<slug:ending>", statement.as_file, name="statement-file"),
]
