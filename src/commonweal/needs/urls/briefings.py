"""Addresses of briefings for members; the last two are for anybody."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import briefings

BASE = "partnership/<uuid:partnership>/briefings/"
ONE = f"{BASE}<uuid:briefing>/"

urlpatterns = [
    path(BASE, briefings.briefings, name="briefings"),
    path(f"{BASE}polls/", briefings.polls, name="briefing-polls"),
    path(ONE, briefings.briefing, name="briefing"),
    path(f"{ONE}again/", briefings.again, name="briefing-again"),
    path(f"{ONE}publish/", briefings.publish, name="briefing-publish"),
    path(f"{ONE}take-down/", briefings.take_down, name="briefing-take-down"),
    path(f"{ONE}briefing.<slug:ending>", briefings.briefing_file, name="briefing-file"),
    path("briefing/<uuid:briefing>/", briefings.public, name="public-briefing"),
    path("briefing/<uuid:briefing>/briefing.<slug:ending>", briefings.public_file, name="public-briefing-file"),
]
