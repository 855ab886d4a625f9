"""Where Django learns of the providers stage."""

from __future__ import annotations

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """Who could do what, known and built up."""

    name = "commonweal.providers"
    label = "providers"
    verbose_name = "Providers"
