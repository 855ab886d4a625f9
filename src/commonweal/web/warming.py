"""What a server process does before its first visitor comes, so that nobody waits for it."""

from __future__ import annotations

import logging

from django.urls import get_resolver

from commonweal.core.stores import stores
from commonweal.lake.gazetteer import gazetteer

logger = logging.getLogger("commonweal.web")


def warm_up() -> None:
    """Load every page's code and the names of places; a store that cannot be read is told where it is asked."""
    import commonweal.needs.queries.assessments  # noqa: F401  heavy, and every first assessment needs it

    get_resolver().url_patterns  # noqa: B018  reading it imports all views
    for store in (stores().example, stores().published):
        try:
            if store.exists:
                gazetteer(store)
        except Exception:
            logger.exception("a store could not be read while warming up")
