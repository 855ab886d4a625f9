"""Addresses of the options stage, one list a part of it."""

from __future__ import annotations

from commonweal.options import urls_appraisal, urls_money

app_name = "options"

urlpatterns = [*urls_money.urlpatterns, *urls_appraisal.urlpatterns]
