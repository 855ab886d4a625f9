"""Addresses of pages that stages own, or nothing where the stage is not here: no page ever shows a dead link."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

PLACE_ROUTE = "needs:place"
COUNTRY_ROUTE = "needs:country"


def place_address(code: str) -> str:
    """The page of a place, or "" where no stage shows places."""
    try:
        return reverse(PLACE_ROUTE, kwargs={"code": code})
    except NoReverseMatch:
        return ""


def country_address() -> str:
    """The map of the whole country, or "" where no stage draws one."""
    try:
        return reverse(COUNTRY_ROUTE)
    except NoReverseMatch:
        return ""
