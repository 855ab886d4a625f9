"""Addresses of what is provided, beside what is needed."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import services, services_bring

BASE = "partnership/<uuid:partnership>/services/"

urlpatterns = [
    path(BASE, services.page, name="services"),
    path(f"{BASE}record/", services.record, name="service-record"),
    path(f"{BASE}spend/", services.spend, name="services-spend"),
    path(f"{BASE}bring/", services_bring.bring, name="services-bring"),
    path(f"{BASE}needs-and-services.<slug:ending>", services.as_file, name="services-file"),
    path(f"{BASE}<uuid:service>/", services.service, name="service"),
    path(f"{BASE}<uuid:service>/change/", services.change, name="service-change"),
    path(f"{BASE}<uuid:service>/needs/", services.needs, name="service-needs"),
    path(f"{BASE}<uuid:service>/question/", services.question, name="service-question"),
    path(f"{BASE}<uuid:service>/end/", services.end, name="service-end"),
]
