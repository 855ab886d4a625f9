"""Addresses of the theory of change."""

from __future__ import annotations

from django.urls import path

from commonweal.priorities.views import theory

BASE = "partnership/<uuid:partnership>/theory-of-change/"

urlpatterns = [
    path(BASE, theory.page, name="theory"),
    path(f"{BASE}theory-of-change.<slug:ending>", theory.as_file, name="theory-file"),
    path(f"{BASE}step/", theory.step, name="theory-step"),
    path(f"{BASE}link/", theory.link, name="theory-link"),
    path(f"{BASE}step/<uuid:step>/", theory.say_step, name="theory-step-say"),
    path(f"{BASE}step/<uuid:step>/remove/", theory.without_step, name="theory-step-remove"),
    path(f"{BASE}link/<uuid:link>/", theory.one, name="theory-link-page"),
    path(f"{BASE}link/<uuid:link>/say/", theory.say_link, name="theory-link-say"),
    path(f"{BASE}link/<uuid:link>/remove/", theory.without_link, name="theory-link-remove"),
    path(f"{BASE}link/<uuid:link>/evidence/", theory.evidence, name="theory-evidence"),
    path(f"{BASE}link/<uuid:link>/review/", theory.review, name="theory-review"),
    path(f"{BASE}link/<uuid:link>/review/<uuid:review>/", theory.answer, name="theory-answer"),
]
