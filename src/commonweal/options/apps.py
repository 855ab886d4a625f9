"""Where Django learns of the options stage."""

from __future__ import annotations

from django.apps import AppConfig


class OptionsConfig(AppConfig):
    """Options weighed, with their money and risk."""

    name = "commonweal.options"
    label = "options"
    verbose_name = "Options"
