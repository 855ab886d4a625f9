"""Addresses of the directory: everybody's under /organisations/, a partnership's own under its home."""

from __future__ import annotations

from django.urls import path

from commonweal.providers.views import bringing, directory, pairs, profile

app_name = "providers"
HERE = "partnership/<uuid:partnership>/organisations/"

urlpatterns = [
    path("organisations/", directory.everybody, name="directory"),
    path("organisations/list.csv", directory.as_csv, name="csv"),
    path("organisations/<uuid:provider>/", directory.one, name="one"),
    path(HERE, directory.here, name="here"),
    path(f"{HERE}list.csv", directory.here_csv, name="here-csv"),
    path(f"{HERE}bring/", bringing.bring, name="bring"),
    path(f"{HERE}pairs/", pairs.pairs, name="pairs"),
    path(f"{HERE}pairs/<uuid:pair>/", pairs.decide, name="decide"),
    path(f"{HERE}ours/", profile.profile, name="profile"),
    path(f"{HERE}ours/seen/", profile.seen, name="seen"),
    path(f"{HERE}ours/confirm/", profile.confirm, name="confirm"),
    path(f"{HERE}who/", profile.who, name="who"),
]
