"""Runs one job once: claims it, does its work, and settles it whatever happens."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q

from commonweal.core import clock
from commonweal.core.actions.jobs import fail_job, finish_job, stop_cancelled_job, wait_again
from commonweal.core.errors import CommonwealError
from commonweal.core.faults import is_away, sentence_of
from commonweal.core.jobs.handle import Cancelled, Handle, TakenOver
from commonweal.core.jobs.kinds import work_of
from commonweal.core.models import Job, JobState
from commonweal.core.viewer import SYSTEM

STALE = timedelta(seconds=30)
ATTEMPTS = 3
FAULT = "This did not work because of a fault in Commonweal, not because of you. It has been written down."

logger = logging.getLogger("commonweal.jobs")


def claim(job_id: UUID, worker: str) -> Job | None:
    """Take a waiting job, or one whose worker has fallen silent; None where another worker has it."""
    now = clock.now()
    taken = Job.objects.filter(Q(state=JobState.WAITING) | silent(now), pk=job_id).update(
        state=JobState.RUNNING, worker=worker, heartbeat=now, attempt=F("attempt") + 1,
    )
    return Job.objects.get(pk=job_id) if taken else None


def silent(now: datetime) -> Q:
    """Work whose worker gives no sign; one that lies ahead is of a clock that was set back, and is none."""
    heard = Q(heartbeat__range=(now - STALE, now + STALE))
    return Q(state=JobState.RUNNING) & (Q(heartbeat=None) | ~heard)


def run(job_id: UUID, *, worker: str = "") -> None:
    """Do a job's work if it is there to be done."""
    job = claim(job_id, worker)
    if job is None:
        return
    if job.attempt > ATTEMPTS:
        fail_job(by=SYSTEM, job=job, message=f"Given up after {ATTEMPTS} tries: the worker stopped each time.")
        return
    try:
        sentence = work_of(job.kind)(Handle(job))
    except Cancelled:
        stop_cancelled_job(by=SYSTEM, job=job)
    except TakenOver:
        logger.warning("job %s (%s) goes on elsewhere", job.pk, job.kind)
    except CommonwealError as error:
        fail_job(by=SYSTEM, job=job, message=str(error))
    except Exception as error:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        if is_away(error):
            wait_again(by=SYSTEM, job=job)
        else:
            fail_job(by=SYSTEM, job=job, message=sentence_of(error) or FAULT)
    else:
        finish_job(by=SYSTEM, job=job, message=sentence)


def beat(worker: str) -> None:
    """Say that this worker is alive, for every job it has in hand."""
    Job.objects.filter(worker=worker, state=JobState.RUNNING).update(heartbeat=clock.now())


def let_go_of_the_dead(host: str, alive: Callable[[int], bool]) -> int:
    """Free at once the jobs of workers of this host whose process is gone; how many there were."""
    running = Job.objects.filter(state=JobState.RUNNING, worker__startswith=f"{host}-").values_list("pk", "worker")
    dead = [pk for pk, worker in running if not alive(int(worker.rsplit("-", 1)[1]))]
    return Job.objects.filter(pk__in=dead).update(heartbeat=None)


def take_up_abandoned() -> list[UUID]:
    """Jobs whose worker has fallen silent, or that wait with nothing queued for them: queue each again."""
    from commonweal.core.jobs.task import queued_jobs, run_job

    now = clock.now()
    waiting = Q(state=JobState.WAITING, created__lt=now - STALE)
    candidates = list(Job.objects.filter(silent(now) | waiting).values_list("pk", flat=True))
    queued = queued_jobs() if candidates else frozenset()
    abandoned = [pk for pk in candidates if str(pk) not in queued]
    for pk in abandoned:
        run_job.enqueue(str(pk))
    return abandoned
