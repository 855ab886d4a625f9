"""Addresses of returns, for those who answer them through a link."""

from __future__ import annotations

from django.urls import path

from commonweal.measures.views import returning

ONE = "return/<uuid:returned>/"

urlpatterns = [
    path("return/open/<str:token>/", returning.begin, name="return-begin"),
    path(ONE, returning.page, name="return"),
    path(f"{ONE}question/<slug:question>/", returning.question, name="return-question"),
    path(f"{ONE}check/", returning.check, name="return-check"),
    path(f"{ONE}nothing/", returning.nothing, name="return-nothing"),
    path(f"{ONE}sent/", returning.sent, name="return-sent"),
]
