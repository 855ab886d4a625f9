"""Addresses of the register of people: for members, and behind each person's and each referee's own link."""

from __future__ import annotations

from django.urls import path

from commonweal.providers.views import advisers

BASE = "partnership/<uuid:partnership>/people-who-could-help/"
OWN = "people-who-could-help/<str:token>/"

urlpatterns = [
    path(BASE, advisers.people, name="people"),
    path(f"{BASE}ask/", advisers.ask, name="people-ask"),
    path(f"{BASE}<uuid:adviser>/", advisers.person, name="person"),
    path(OWN, advisers.own, name="adviser-own"),
    path(f"{OWN}say/", advisers.own_say, name="adviser-say"),
    path(f"{OWN}work/", advisers.own_work, name="adviser-work"),
    path(f"{OWN}work/<uuid:work>/out/", advisers.own_out, name="adviser-out"),
    path(f"{OWN}work/<uuid:work>/ask/", advisers.own_ask, name="adviser-ask"),
    path(f"{OWN}reply/<uuid:reference>/", advisers.own_reply, name="adviser-reply"),
    path(f"{OWN}delete/", advisers.own_go, name="adviser-go"),
    path("reference/<str:token>/", advisers.reference, name="reference"),
]
