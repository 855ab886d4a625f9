"""Addresses of what is provided, beside what is needed."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import services

BASE = "partnership/<uuid:partnership>/services/"

urlpatterns = [
    path(BASE, services.page, name="services"),
    path(f"{BASE}record/", services.record, name="service-record"),
    path(f"{BASE}spend/", services.spend, name="services-spend"),
    path(f"{BASE}<uuid:service>/", services.service, name="service"),
    path(f"{BASE}<uuid:service>/change/", services.change, name="service-change"),
    path(f"{BASE}<uuid:service>/needs/", services.needs, name="service-needs"),
    path(f"{BASE}<uuid:service>/question/", services.question, name="service-question"),
    path(f"{BASE}<uuid:service>/end/", services.end, name="service-end"),
]
