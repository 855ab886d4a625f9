"""Addresses of case studies: the library for everybody, a partnership's own, and peers who may be rung."""

from __future__ import annotations

from django.urls import path

from commonweal.knowledge.views import cases, own_cases

OWN = "partnership/<uuid:partnership>/cases/own/"
PEERS = "partnership/<uuid:partnership>/cases/peers/"

urlpatterns = [
    path("cases/", cases.library, name="cases"),
    path("cases/<slug:key>/", cases.case, name="case"),
    path("cases/<slug:key>/case.<slug:ending>", cases.case_file, name="case-file"),
    path(OWN, own_cases.listed, name="own-cases"),
    path(f"{OWN}write/", own_cases.write, name="case-write"),
    path(f"{OWN}<uuid:case>/", own_cases.one, name="own-case"),
    path(f"{OWN}<uuid:case>/change/", own_cases.change, name="case-change"),
    path(f"{OWN}<uuid:case>/agree/", own_cases.agree, name="case-agree"),
    path(f"{OWN}<uuid:case>/publish/", own_cases.publish, name="case-publish"),
    path(f"{OWN}<uuid:case>/withdraw/", own_cases.withdraw, name="case-withdraw"),
    path(PEERS, own_cases.peers, name="peers"),
    path(f"{PEERS}<uuid:offer>/end/", own_cases.end, name="peer-end"),
]
