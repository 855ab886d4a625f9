"""Addresses of the case to each partner; the last is for an advocate, who needs no account."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import advocates, making_case

BASE = "partnership/<uuid:partnership>/case-to-partners/"
ONE = f"{BASE}<uuid:organisation>/"
ADVOCATE = f"{BASE}who-says-so/<uuid:advocate>/"

urlpatterns = [
    path(BASE, making_case.cases, name="cases"),
    path(ONE, making_case.case, name="case"),
    path(f"{ONE}case.<slug:ending>", making_case.case_file, name="case-file"),
    path(f"{ONE}keep/", making_case.keep, name="case-keep"),
    path(f"{ONE}who-says-so/", advocates.add, name="advocate-add"),
    path(f"{ADVOCATE}consent/", advocates.consent, name="advocate-consent"),
    path(f"{ADVOCATE}withdraw/", advocates.withdraw, name="advocate-withdraw"),
    path("says-so/<str:token>/", advocates.answer, name="advocate-answer"),
]
