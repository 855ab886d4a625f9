"""What is done when its time has come: uploads, old queue rows; each part adds its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError
from django.utils.module_loading import autodiscover_modules

from commonweal.core import clock
from commonweal.core.actions.uploads import expire_uploads
from commonweal.core.quarantine import quarantine

QUEUE_KEPT = timedelta(days=7)
_EVERY = timedelta(minutes=10)
_last = {"at": clock.now() - 2 * _EVERY}
_DUTIES: dict[str, Callable[[], object]] = {}

logger = logging.getLogger("commonweal.jobs")


def upkeep(key: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register what a stage does from time to time, quickly; put it in a module called `upkeep` of its app."""

    def add(duty: Callable[[], object]) -> Callable[[], object]:
        _DUTIES[key] = duty
        return duty

    return add


def tidy(*, now: bool = False) -> None:
    """Delete what is due; at most every ten minutes unless told `now`."""
    if not now and clock.now() - _last["at"] < _EVERY:
        return
    _last["at"] = clock.now()
    from django_tasks_db.models import DBTaskResult

    expire_uploads(quarantine())
    DBTaskResult.objects.filter(finished_at__lt=clock.now() - QUEUE_KEPT).delete()
    autodiscover_modules("upkeep")
    for key in sorted(_DUTIES):
        _done(key)


def _done(key: str) -> None:
    """One duty; its fault is written down and keeps no other from being done."""
    try:
        _DUTIES[key]()
    except DatabaseError:
        raise
    except Exception:
        logger.exception("the upkeep called %s failed", key)
