"""The worker process: takes jobs off the queue one at a time and says every few seconds that it is alive."""

from __future__ import annotations

import logging
import os
import threading

from django.db import DatabaseError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker

from commonweal.core.jobs.running import beat, let_go_of_the_dead, take_up_abandoned
from commonweal.core.jobs.task import host_name, worker_name
from commonweal.core.jobs.upkeep import tidy
from commonweal.core.quarantine import quarantine

BEAT_SECONDS = 5.0

logger = logging.getLogger("commonweal.jobs")


class Pulse(threading.Thread):
    """Beats while the process lives; takes up what dead workers left."""

    def __init__(self, seconds: float) -> None:
        super().__init__(name="pulse", daemon=True)
        self._seconds = seconds
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Beat no more."""
        self._stopped.set()

    def run(self) -> None:
        """Beat, look for abandoned work, delete what has had its time; a busy database is tried again later."""
        while not self._stopped.is_set():
            try:
                close_old_connections()
                beat(worker_name())
                take_up_abandoned()
                tidy()
            except DatabaseError as error:
                logger.warning("the database was busy: %s", error)
            self._stopped.wait(self._seconds)
        connection.close()


def alive(pid: int) -> bool:
    """Whether a process of this computer lives."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def work(*, until_empty: bool = False, interval: float = 0.5) -> None:
    """Work until told to stop (SIGTERM, Ctrl-C), or with `until_empty` until nothing waits."""
    quarantine().clear_opened()
    let_go_of_the_dead(host_name(), alive)
    take_up_abandoned()
    pulse = Pulse(BEAT_SECONDS)
    pulse.start()
    queue = QueueWorker(
        queue_names=["*"], excluded_queue_names=[], interval=interval, batch=until_empty,
        backend_name="default", startup_delay=False, max_tasks=None, worker_id=worker_name(),
    )
    queue.configure_signals()
    try:
        queue.run()
    finally:
        pulse.stop()
