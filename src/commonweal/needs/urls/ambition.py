"""Addresses of ambitions. A file always holds both sides: no address gives one of them."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import ambition

BASE = "partnership/<uuid:partnership>/ambitions/"
ONE = f"{BASE}<uuid:ambition>/"

urlpatterns = [
    path(BASE, ambition.ambitions, name="ambitions"),
    path(f"{BASE}say/", ambition.say, name="ambition-say"),
    path(ONE, ambition.one, name="ambition"),
    path(f"{ONE}anew/", ambition.anew, name="ambition-anew"),
    path(f"{ONE}more/", ambition.more, name="ambition-more"),
    path(f"{ONE}evidence/<uuid:thing>/", ambition.read_evidence, name="ambition-evidence"),
    path(f"{ONE}need/<uuid:thing>/", ambition.read_need, name="ambition-need"),
    path(f"{ONE}withdraw/", ambition.withdraw, name="ambition-withdraw"),
    path(f"{ONE}for-and-against.<slug:ending>", ambition.as_file, name="ambition-file"),
]
