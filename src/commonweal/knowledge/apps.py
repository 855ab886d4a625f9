"""Where Django learns of the knowledge stage."""

from __future__ import annotations

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Shared words and shared know-how."""

    name = "commonweal.knowledge"
    label = "knowledge"
    verbose_name = "Knowledge"

    def ready(self) -> None:
        """Pages and documents ask here what words mean."""
        from commonweal.knowledge.queries.terms import book_for
        from commonweal.present.terms import set_provider

        set_provider(book_for)
