"""Addresses of use and satisfaction, and of the check of a question."""

from __future__ import annotations

from django.urls import path

from commonweal.measures.views import use

urlpatterns = [
    path("partnership/<uuid:partnership>/use/", use.page, name="use"),
    path("question/check/", use.question, name="question-check"),
]
