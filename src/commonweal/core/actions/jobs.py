"""Long work is asked for, moves on, ends, or is called off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import record_event
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Job, JobState, Partnership, Verb
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require

WRITING = "Another file of the same data is being read just now. Wait until that is done, then try again."


@transaction.atomic
def start_job(
    *, by: Viewer, kind: str, key: str, partnership: Partnership | None = None, subject: UUID | None = None,
    dataset: str = "",
) -> Job:
    """Ask for work; asking again with the same key gives the same job. One active writer a data set.

    In a partnership asking takes what the kind of work says; without one, it is the installation's own upkeep.
    """
    from commonweal.core.jobs.kinds import asking_takes

    if partnership is None:
        require(by, Permission.LOAD_PUBLISHED)
    else:
        require(by, asking_takes(kind), partnership.pk)
    asked = Job.objects.filter(key=key).first()
    if asked:
        return asked
    job = Job(
        key=key, kind=kind, owner_id=by.person, partnership=partnership, subject=subject, dataset=dataset,
        organisation_id=by.organisation_in(partnership.pk) if partnership else None,
    )
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError as error:
        same = Job.objects.filter(key=key).first()
        if same:
            return same
        raise Refused(WRITING) from error
    record_event(by=by, verb=Verb.JOB_STARTED, subject=job, partnership=job.partnership_id)
    _enqueue(job)
    return job


def advance_job(
    *, by: Viewer, job: Job, progress: int, message: str, resume: dict[str, Any] | None = None
) -> None:
    """How far the work is, and where a restarted worker would take it up. No event: it is not a deed.

    Nothing is told by a worker from whom another has taken it.
    """
    _require_owner(by, job)
    fields: dict[str, Any] = {
        "progress": max(0, min(100, progress)), "message": message[:500], "heartbeat": clock.now(),
    }
    if resume is not None:
        fields["resume"] = resume
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt).update(**fields)


@transaction.atomic
def finish_job(*, by: Viewer, job: Job, message: str) -> None:
    """The work is done."""
    _require_owner(by, job)
    if _settle(job, JobState.DONE, message, progress=100):
        record_event(by=by, verb=Verb.JOB_FINISHED, subject=job, partnership=job.partnership_id)


@transaction.atomic
def fail_job(*, by: Viewer, job: Job, message: str) -> None:
    """The work did not get done; the message says why and what to do."""
    _require_owner(by, job)
    if _settle(job, JobState.FAILED, message):
        record_event(by=by, verb=Verb.JOB_FAILED, subject=job, partnership=job.partnership_id)


def wait_again(*, by: Viewer, job: Job) -> None:
    """The database went away under the work: it waits where it stood, and is taken up as abandoned work is."""
    _require_owner(by, job)
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt).update(
        state=JobState.WAITING, heartbeat=None)


@transaction.atomic
def cancel_job(*, by: Viewer, job: Job) -> None:
    """Call it off: at once while it waits, at the next safe point while it runs."""
    _require_owner(by, job)
    current = Job.objects.select_for_update().get(pk=job.pk)
    if not current.active:
        raise Refused("This has already ended.")
    Job.objects.filter(pk=job.pk).update(cancel=True)
    if current.state == JobState.WAITING:
        _settle(job, JobState.CANCELLED, "Cancelled before it started.")
    record_event(by=by, verb=Verb.JOB_CANCELLED, subject=job, partnership=job.partnership_id)


def stop_cancelled_job(*, by: Viewer, job: Job) -> None:
    """The worker has reached a safe point and stopped."""
    _require_owner(by, job)
    _settle(job, JobState.CANCELLED, "Cancelled. Nothing was changed.")


@transaction.atomic
def retry_job(*, by: Viewer, job: Job) -> None:
    """Try failed or cancelled work again, from where it can be taken up."""
    _require_owner(by, job)
    try:
        with transaction.atomic():
            waiting = Job.objects.filter(pk=job.pk, state__in=(JobState.FAILED, JobState.CANCELLED)).update(
                state=JobState.WAITING, cancel=False, progress=0, message="", finished=None, heartbeat=None,
                attempt=0,
            )
    except IntegrityError as error:
        raise Refused(WRITING) from error
    if not waiting:
        raise Refused("Only work that failed or was cancelled can be tried again.")
    record_event(by=by, verb=Verb.JOB_RETRIED, subject=job, partnership=job.partnership_id)
    _enqueue(job)


def _settle(job: Job, state: JobState, message: str, **fields: Any) -> bool:
    """Bring a job to its end, once."""
    ended = {"state": state, "message": message[:500], "finished": clock.now(), **fields}
    settled = Job.objects.filter(pk=job.pk, state__in=(JobState.WAITING, JobState.RUNNING)).update(**ended)
    job.refresh_from_db()
    return bool(settled)


def _enqueue(job: Job) -> None:
    from commonweal.core.jobs.task import run_job

    transaction.on_commit(lambda: run_job.enqueue(str(job.pk)))


def _require_owner(by: Viewer, job: Job) -> None:
    """Its owner, staff where it is the installation's, or an administrator of the partnership."""
    if by.system or (by.person is not None and by.person == job.owner_id):
        return
    if job.partnership_id is None and by.staff:
        return
    if job.partnership_id is None:
        raise NotAllowed("This work belongs to the installation's staff.")
    require(by, Permission.MANAGE_PARTNERSHIP, job.partnership_id)
    if job.organisation_id and job.organisation_id not in by.organisations_in(job.partnership_id):
        raise NotAllowed("Another organisation began this work. Ask its people to stop it or to try it again.")
