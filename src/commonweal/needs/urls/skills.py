"""Addresses of who can help."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import skills

BASE = "partnership/<uuid:partnership>/who-can-help/"

urlpatterns = [
    path(BASE, skills.listed, name="skills"),
    path(f"{BASE}offer/", skills.offer, name="skill-offer"),
    path(f"{BASE}<uuid:offer>/end/", skills.end, name="skill-end"),
    path(f"{BASE}<uuid:offer>/ask/", skills.ask, name="skill-ask"),
    path(f"{BASE}asked/<uuid:request_id>/", skills.answer, name="help-answer"),
]
