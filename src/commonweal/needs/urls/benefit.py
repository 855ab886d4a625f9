"""Addresses of who benefits: the page of a system, its files, its costs, and who sees it."""

from __future__ import annotations

from django.urls import path

from commonweal.needs.views import benefit, what_if

_ONE = "partnership/<uuid:partnership>/visits/<uuid:system>/"

urlpatterns = [
    path(_ONE, benefit.page, name="benefit"),
    path(f"{_ONE}page.<slug:ending>", benefit.as_file, name="benefit-file"),
    path(f"{_ONE}releases/", benefit.releases, name="benefit-releases"),
    path(f"{_ONE}what-if/", benefit.what_if_page, name="benefit-what-if"),
    path(f"{_ONE}what-if/sites/", what_if.sites, name="benefit-what-if-sites"),
    path(f"{_ONE}costs/", benefit.costs, name="benefit-costs"),
    path(f"{_ONE}show/", benefit.show, name="benefit-show"),
    path(f"{_ONE}delete/", benefit.delete, name="benefit-delete"),
]
