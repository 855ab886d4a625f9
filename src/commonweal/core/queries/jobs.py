"""Long work as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.jobs.running import STALE
from commonweal.core.models import Job, JobState, Upload, UploadState
from commonweal.core.viewer import Viewer

SHOWN = 50


@dataclass(frozen=True, slots=True)
class JobCard:
    """One piece of long work."""

    id: UUID
    kind: str
    state: JobState
    progress: int
    message: str
    created: datetime
    finished: datetime | None
    attempt: int
    cancelling: bool
    partnership: UUID | None
    subject: UUID | None
    mine: bool
    invented: bool
    unattended: bool  # under way or due, and no worker has given a sign of life
    not_read: bool    # done, and the file it was about was refused

    @property
    def active(self) -> bool:
        """Whether it waits or is under way."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def can_retry(self) -> bool:
        """Whether it can be tried again."""
        return self.state in (JobState.FAILED, JobState.CANCELLED)


def jobs_for(viewer: Viewer) -> tuple[JobCard, ...]:
    """The latest jobs the viewer may see, newest first."""
    seen = Job.objects.visible_to(viewer).select_related("partnership")
    latest = tuple(seen.order_by("-created")[:SHOWN])
    refused = _refused(latest)
    return tuple(_card(job, viewer, refused) for job in latest)


def job_for(viewer: Viewer, job_id: UUID) -> JobCard:
    """One job; NotFound where there is none or the viewer may not see it."""
    job = Job.objects.visible_to(viewer).select_related("partnership").filter(pk=job_id).first()
    if job is None:
        raise NotFound("There is no such work, or it is not yours to see.")
    return _card(job, viewer, _refused((job,)))


def _refused(jobs: Iterable[Job]) -> frozenset[UUID]:
    """The files among the jobs' subjects that could not be read."""
    subjects = [job.subject for job in jobs if job.subject]
    found = Upload.objects.filter(pk__in=subjects, state=UploadState.SET_ASIDE)
    return frozenset(found.values_list("pk", flat=True))


def _unattended(job: Job) -> bool:
    sign = job.created if job.state == JobState.WAITING else job.heartbeat
    return job.active and (sign is None or sign < clock.now() - STALE)


def _card(job: Job, viewer: Viewer, refused: frozenset[UUID]) -> JobCard:
    return JobCard(
        id=job.pk, kind=job.kind, state=JobState(job.state), progress=job.progress, message=job.message,
        created=job.created, finished=job.finished, attempt=job.attempt, cancelling=job.cancel and job.active,
        partnership=job.partnership_id, subject=job.subject, mine=job.owner_id == viewer.person,
        invented=job.partnership is not None and job.partnership.invented, unattended=_unattended(job),
        not_read=job.state == JobState.DONE and job.subject in refused,
    )


def latest_jobs(subjects: Iterable[UUID]) -> dict[UUID, Job]:
    """The latest work on each thing that the caller has already found to be the viewer's to see."""
    jobs = Job.objects.filter(subject__in=tuple(subjects)).order_by("created")
    return {job.subject: job for job in jobs if job.subject}
