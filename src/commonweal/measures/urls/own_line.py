"""Addresses of a provider's own line beside others, behind a link and without an account."""

from __future__ import annotations

from django.urls import path

from commonweal.measures.views import own_line

urlpatterns = [
    path("compared/open/<str:token>/", own_line.begin, name="own-line-begin"),
    path("compared/own/", own_line.page, name="own-line"),
]
