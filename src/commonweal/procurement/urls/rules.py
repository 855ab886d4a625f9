"""Addresses of the rules and the myths, open to everybody."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import myths, rules

urlpatterns = [
    path("rules/", rules.page, name="rules"),
    path("rules/rules.<slug:ending>", rules.as_file, name="rules-file"),
    path("rules/notices/", rules.notices_page, name="notices"),
    path("myths/", myths.page, name="myths"),
]
