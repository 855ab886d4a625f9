"""Where Django learns of the priorities stage."""

from __future__ import annotations

from django.apps import AppConfig


class PrioritiesConfig(AppConfig):
    """Outcomes agreed, and priorities decided."""

    name = "commonweal.priorities"
    label = "priorities"
    verbose_name = "Priorities"
