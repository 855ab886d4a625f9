"""Addresses by which a register goes in and out."""

from __future__ import annotations

from django.urls import path

from commonweal.agreements.views import bringing

BASE = "partnership/<uuid:partnership>/agreements/"

urlpatterns = [
    path(f"{BASE}bring/", bringing.bring, name="register-bring"),
    path(f"{BASE}bring/<uuid:draft>/", bringing.columns, name="register-columns"),
    path(f"{BASE}file/<slug:kind>/", bringing.file, name="register-file"),
]
