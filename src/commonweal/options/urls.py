"""Addresses of the options stage, one list a part of it."""

from __future__ import annotations

from commonweal.options import urls_money

app_name = "options"

urlpatterns = [*urls_money.urlpatterns]
