"""The address of the page on which it is said whether an area changed, open to everybody."""

from __future__ import annotations

from django.urls import path

from commonweal.measures.views import area_change

urlpatterns = [path("measures/area-change/", area_change.page, name="area-change")]
