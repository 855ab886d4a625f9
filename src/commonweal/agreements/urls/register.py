"""Addresses of the register."""

from __future__ import annotations

from django.urls import path

from commonweal.agreements.views import register

BASE = "partnership/<uuid:partnership>/agreements/"

urlpatterns = [
    path(BASE, register.register, name="register"),
    path(f"{BASE}<uuid:agreement>/", register.page, name="agreement"),
    path(f"{BASE}<uuid:agreement>/origin/", register.origin, name="origin"),
    path(f"{BASE}<uuid:agreement>/answers/", register.answers, name="answers"),
    path(f"{BASE}<uuid:agreement>/measure/", register.measure_set, name="measure-set"),
    path(f"{BASE}measure/<uuid:measure>/", register.measure_change, name="measure-change"),
    path(f"{BASE}measure/<uuid:measure>/drop/", register.measure_drop, name="measure-drop"),
    path(f"{BASE}measure/<uuid:measure>/take-up/", register.measure_take_up, name="measure-take-up"),
]
