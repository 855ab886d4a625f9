"""What is deleted when its time is up: uploads left unfinished, addresses left unanswered, old queue rows."""

from __future__ import annotations

from datetime import timedelta

from commonweal.core import clock
from commonweal.core.actions.invitations import forget_old_addresses
from commonweal.core.actions.uploads import expire_uploads
from commonweal.core.quarantine import quarantine

QUEUE_KEPT = timedelta(days=7)
_EVERY = timedelta(minutes=10)
_last = {"at": clock.now() - 2 * _EVERY}


def tidy(*, now: bool = False) -> None:
    """Delete what is due; at most every ten minutes unless told `now`."""
    if not now and clock.now() - _last["at"] < _EVERY:
        return
    _last["at"] = clock.now()
    from django_tasks_db.models import DBTaskResult

    expire_uploads(quarantine())
    forget_old_addresses()
    DBTaskResult.objects.filter(finished_at__lt=clock.now() - QUEUE_KEPT).delete()
