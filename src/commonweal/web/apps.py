"""Where Django learns of the shell."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages that belong to no stage."""

    name = "commonweal.web"
    label = "web"
