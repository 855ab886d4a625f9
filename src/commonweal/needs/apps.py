"""Where Django learns of the needs stage."""

from __future__ import annotations

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """The needs stage."""

    name = "commonweal.needs"
    label = "needs"
    verbose_name = "Needs"
