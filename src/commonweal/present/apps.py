"""Where Django learns of the templates, tags and form renderer."""

from __future__ import annotations

from django.apps import AppConfig


class PresentConfig(AppConfig):
    """No records: only how things are shown."""

    name = "commonweal.present"
    label = "present"
