"""Addresses of drafts of notices."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import notice_drafts

ONE = "partnership/<uuid:partnership>/commissions/<uuid:commission>/notices/"

urlpatterns = [
    path(ONE, notice_drafts.page, name="notice-drafts"),
    path(f"{ONE}<slug:code>/", notice_drafts.one, name="notice-draft"),
    path(f"{ONE}<slug:code>.<slug:ending>", notice_drafts.as_file, name="notice-file"),
]
