"""Where Django learns of the knowledge stage."""

from __future__ import annotations

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Shared words and shared know-how."""

    name = "commonweal.knowledge"
    label = "knowledge"
    verbose_name = "Knowledge"
