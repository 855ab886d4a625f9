"""The address of the page on which change is worked out, open to everybody."""

from __future__ import annotations

from django.urls import path

from commonweal.measures.views import change

urlpatterns = [path("measures/change/", change.page, name="change")]
