"""The one task on the queue: do the job with this id."""

from __future__ import annotations

import os
import socket
from uuid import UUID

from django_tasks import task


def host_name() -> str:
    """This computer, as the job row names it."""
    return socket.gethostname()[:50]


def worker_name() -> str:
    """This process, as the job row names it."""
    return f"{host_name()}-{os.getpid()}"


@task()
def run_job(job_id: str) -> None:
    """Do the job."""
    from commonweal.core.jobs.running import run

    run(UUID(job_id), worker=worker_name())


def queued_jobs() -> frozenset[str]:
    """The ids of jobs that have a task waiting on the queue."""
    from django_tasks_db.models import DBTaskResult

    rows = DBTaskResult.objects.filter(task_path=run_job.module_path).ready().values_list("args_kwargs", flat=True)
    return frozenset(row["args"][0] for row in rows if row["args"])
