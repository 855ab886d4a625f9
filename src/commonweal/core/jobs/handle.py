"""What a piece of long work holds in its hand: its job, a way to tell progress, and a safe place to stop."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from commonweal.core.actions.jobs import advance_job
from commonweal.core.errors import NotFound
from commonweal.core.models import Job
from commonweal.core.viewer import SYSTEM, Viewer, viewer_of


class Cancelled(Exception):
    """The owner called the work off; raised at the next `progress`."""


class TakenOver(Exception):
    """Another worker has the work: this one was silent too long, or a clock jumped. Raised by `progress`."""


class Handle:
    """One run of one job."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @property
    def by(self) -> Viewer:
        """On whose account the work is done: its owner with today's roles, acting as then; or the program."""
        job = self.job
        acting = ((job.partnership_id, job.organisation_id),) if job.partnership_id and job.organisation_id else ()
        return viewer_of(job.owner, acting) if job.owner else SYSTEM

    @property
    def subject(self) -> UUID:
        """What the work is about."""
        if self.job.subject is None:
            raise NotFound(f"'{self.job.kind}' needs to be told what it is about.")
        return self.job.subject

    @property
    def resume(self) -> dict[str, Any]:
        """What the last `progress(resume=...)` kept, of this run or of one that died."""
        return dict(self.job.resume)

    def progress(self, percent: float, message: str, *, resume: dict[str, Any] | None = None) -> None:
        """Tell how far it is; raises Cancelled where the owner called it off, TakenOver where another has it."""
        held = self.job.attempt
        advance_job(by=SYSTEM, job=self.job, progress=round(percent), message=message, resume=resume)
        self.job.refresh_from_db()
        if self.job.attempt != held:
            raise TakenOver
        if self.job.cancel:
            raise Cancelled
