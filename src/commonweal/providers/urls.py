"""Addresses of the directory: everybody's under /organisations/, a partnership's own under its home."""

from __future__ import annotations

from django.urls import path

from commonweal.providers import people_urls
from commonweal.providers.views import (
    applications,
    bringing,
    directory,
    health,
    offers,
    on_map,
    pairs,
    profile,
    referral,
)

app_name = "providers"
REFERRAL = "api/oruk/v3/"
HERE = "partnership/<uuid:partnership>/organisations/"
GROUPS = "partnership/<uuid:partnership>/for-groups/"

urlpatterns = [
    path("organisations/", directory.everybody, name="directory"),
    path("organisations/list.csv", directory.as_csv, name="csv"),
    path("organisations/map/", on_map.everybody, name="map"),
    path("organisations/health/", health.health, name="health"),
    path("organisations/<uuid:provider>/", directory.one, name="one"),
    path(HERE, directory.here, name="here"),
    path(f"{HERE}list.csv", directory.here_csv, name="here-csv"),
    path(f"{HERE}map/", on_map.here, name="here-map"),
    path(f"{HERE}bring/", bringing.bring, name="bring"),
    path(f"{HERE}pairs/", pairs.pairs, name="pairs"),
    path(f"{HERE}pairs/<uuid:pair>/", pairs.decide, name="decide"),
    path(f"{HERE}ours/", profile.profile, name="profile"),
    path(f"{HERE}ours/seen/", profile.seen, name="seen"),
    path(f"{HERE}ours/confirm/", profile.confirm, name="confirm"),
    path(f"{HERE}who/", profile.who, name="who"),
    path(GROUPS, offers.offers, name="offers"),
    path(f"{GROUPS}page/", offers.welcome, name="welcome"),
    path(f"{GROUPS}new/", offers.offer, name="offer-new"),
    path(f"{GROUPS}<uuid:offer>/", offers.offer, name="offer"),
    path(f"{GROUPS}<uuid:offer>/<slug:still>/", offers.check, name="offer-check"),
    path(f"{GROUPS}ours/", applications.applications, name="applications"),
    path(f"{GROUPS}ours/new/", applications.track, name="application-new"),
    path(f"{GROUPS}ours/<uuid:application>/", applications.track, name="application"),
    path(f"{GROUPS}ours/answers.<slug:ending>", applications.answers_file, name="answers"),
    path(f"{GROUPS}ours/<uuid:application>/answers.<slug:ending>", applications.answers_file,
         name="application-answers"),
    path(REFERRAL, referral.about, name="referral"),
    path(f"{REFERRAL}services", referral.services, name="referral-services"),
    path(f"{REFERRAL}services/<str:service>", referral.service, name="referral-service"),
    path(f"{REFERRAL}taxonomies", referral.taxonomies, name="referral-taxonomies"),
    path(f"{REFERRAL}taxonomies/<str:taxonomy>", referral.taxonomy, name="referral-taxonomy"),
    path(f"{REFERRAL}taxonomy_terms", referral.terms, name="referral-terms"),
    path(f"{REFERRAL}taxonomy_terms/<str:term>", referral.term, name="referral-term"),
    path(f"{REFERRAL}service_at_locations", referral.places, name="referral-places"),
    path(f"{REFERRAL}service_at_locations/<str:place>", referral.place, name="referral-place"),
    *people_urls.urlpatterns,
]
