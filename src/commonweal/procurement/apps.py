"""Where Django learns of the procurement stage."""

from __future__ import annotations

from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    """Buying, funding or trading in proportion."""

    name = "commonweal.procurement"
    label = "procurement"
    verbose_name = "Procurement"
