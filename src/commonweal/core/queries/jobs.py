"""Long work as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.models import Job, JobState
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
    return tuple(_card(job, viewer) for job in seen.order_by("-created")[:SHOWN])


def job_for(viewer: Viewer, job_id: UUID) -> JobCard:
    """One job; NotFound where there is none or the viewer may not see it."""
    job = Job.objects.visible_to(viewer).select_related("partnership").filter(pk=job_id).first()
    if job is None:
        raise NotFound("There is no such work, or it is not yours to see.")
    return _card(job, viewer)


def _card(job: Job, viewer: Viewer) -> JobCard:
    return JobCard(
        id=job.pk, kind=job.kind, state=JobState(job.state), progress=job.progress, message=job.message,
        created=job.created, finished=job.finished, attempt=job.attempt, cancelling=job.cancel and job.active,
        partnership=job.partnership_id, subject=job.subject, mine=job.owner_id == viewer.person,
        invented=job.partnership is not None and job.partnership.invented,
    )
