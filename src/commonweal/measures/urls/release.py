"""Addresses of case drafts, and of the release calendar that everybody reads."""

from __future__ import annotations

from django.urls import path

from commonweal.measures.views import release

BASE = "partnership/<uuid:partnership>/releases/"

urlpatterns = [
    path("partnership/<uuid:partnership>/performance/agreement/<uuid:agreement>/case/", release.draft,
         name="case-draft"),
    path("releases/", release.calendar, name="releases"),
    path("releases/<uuid:release>/", release.one, name="release"),
    path(f"{BASE}plan/", release.plan, name="release-plan"),
    path(f"{BASE}<uuid:release>/publish/", release.publish, name="release-publish"),
    path(f"{BASE}<uuid:release>/hold/", release.hold, name="release-hold"),
]
