"""Addresses of the guidance at each step: everybody's, a partnership's with its checklists, and lessons."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import guidance

OWN = "partnership/<uuid:partnership>/guidance/"

urlpatterns = [
    path("guidance/steps/", guidance.steps, name="step-guidance"),
    path("guidance/steps/<slug:step>/", guidance.step, name="step"),
    path("guidance/toolkit.<slug:ending>", guidance.toolkit, name="toolkit"),
    path("guidance/lessons/", guidance.lessons, name="lessons"),
    path("guidance/lessons/<slug:step>/", guidance.lesson, name="lesson"),
    path(OWN, guidance.own, name="own-toolkit"),
    path(f"{OWN}<slug:step>/", guidance.own_step, name="own-guidance"),
]
