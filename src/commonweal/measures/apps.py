"""Where Django learns of the measures stage."""

from __future__ import annotations

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Use, satisfaction and the difference made; learning and starting again."""

    name = "commonweal.measures"
    label = "measures"
    verbose_name = "Measures"
