"""Addresses of the public calendar, and of what partners put in it."""

from __future__ import annotations

from django.urls import path

from commonweal.procurement.views import coming, listing

ONE = "partnership/<uuid:partnership>/commissions/<uuid:commission>/calendar/"

urlpatterns = [
    path("coming/", coming.page, name="coming"),
    path("coming/coming.ics", coming.feed, name="coming-feed"),
    path("coming/news/", coming.news, name="coming-news"),
    path("coming/news/<str:token>/confirm/", coming.confirmed, name="coming-confirm"),
    path("coming/news/<str:token>/end/", coming.ended, name="coming-unsubscribe"),
    path("coming/receipt/<str:receipt>/", coming.receipt, name="coming-receipt"),
    path("coming/<uuid:listing>/", coming.one, name="coming-one"),
    path("coming/<uuid:listing>/take-part/", coming.take_part, name="coming-take-part"),
    path(ONE, listing.interests, name="interests"),
    path(f"{ONE}publish/", listing.publish, name="listing-publish"),
    path(f"{ONE}withdraw/", listing.withdraw, name="listing-withdraw"),
    path(f"{ONE}<uuid:interest>/take-out/", listing.erase, name="interest-erase"),
]
