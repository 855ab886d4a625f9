"""Addresses of the guidance at each step."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import guidance

urlpatterns = [path("guidance/steps/", guidance.steps, name="step-guidance")]
