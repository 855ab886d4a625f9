"""The shell's own addresses."""

from __future__ import annotations

from django.urls import path

from commonweal.web.views import health

app_name = "web"

urlpatterns = [
    path("health/", health.health, name="health"),
]
