"""Addresses of surveys: the list, bringing one, its columns, its results, and what is made of them."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import survey, survey_pool

_ALL = "partnership/<uuid:partnership>/surveys/"
_ONE = f"{_ALL}<uuid:survey>/"

urlpatterns = [
    path(_ALL, survey.surveys, name="surveys"),
    path(f"{_ALL}bring/", survey.bring, name="survey-bring"),
    path(f"{_ALL}pool/", survey_pool.pool, name="survey-pool"),
    path(f"{_ALL}pool.csv", survey_pool.pool_csv, name="survey-pool-csv"),
    path(_ONE, survey.survey, name="survey"),
    path(f"{_ONE}columns/", survey.columns, name="survey-columns"),
    path(f"{_ONE}results.csv", survey.as_csv, name="survey-csv"),
    path(f"{_ONE}evidence/", survey.evidence, name="survey-evidence"),
    path(f"{_ONE}delete/", survey.delete, name="survey-delete"),
]
