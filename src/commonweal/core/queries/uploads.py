"""Files that were brought, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from commonweal.core.actions.uploads import KeptOut, Outcome, Part
from commonweal.core.errors import NotFound
from commonweal.core.models import Job, JobState, Upload, UploadState
from commonweal.core.purpose import Purpose
from commonweal.core.queries.jobs import latest_jobs
from commonweal.core.viewer import Viewer

SHOWN = 50


@dataclass(frozen=True, slots=True)
class UploadCard:
    """One file."""

    id: UUID
    partnership: UUID
    name: str
    size: int
    state: UploadState
    created: datetime
    expires: datetime
    dataset: str
    outcome: Outcome
    job: UUID | None
    stopped: str
    mine: bool
    put_away: bool
    work: str  # the kind of the latest work on it; empty where that work is about something made of the file

    @property
    def waits_for_mapping(self) -> bool:
        """Whether somebody must say what its columns are."""
        return self.state is UploadState.MAPPING

    @property
    def own(self) -> bool:
        """Whether its rows are the partnership's own rather than published data."""
        return self.dataset.startswith("own-")

    @property
    def recognised(self) -> bool:
        """Whether it is a published data set that was set aside for whoever runs the installation."""
        return self.state is UploadState.SET_ASIDE and any(part.dataset for part in self.outcome.parts)

    @property
    def can_put_away(self) -> bool:
        """Whether it still waits for whoever brought it to have read why it was not taken."""
        return self.mine and self.state is UploadState.SET_ASIDE and not self.put_away

    @property
    def being_read(self) -> bool:
        """Whether the worker has it."""
        return self.state is UploadState.WAITING and not self.stopped

    @property
    def status(self) -> str:
        """How far it has come, in a word for its tag."""
        return "stopped" if self.stopped else str(self.state)


def uploads_for(viewer: Viewer, partnership: UUID) -> tuple[UploadCard, ...]:
    """The latest files of a partnership, newest first."""
    seen = Upload.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    rows = list(seen.order_by("-created")[:SHOWN])
    jobs = latest_jobs(row.pk for row in rows)
    return tuple(_card(row, viewer, jobs.get(row.pk)) for row in rows)


def upload_for(viewer: Viewer, upload: UUID) -> UploadCard:
    """One file; NotFound where there is none or the viewer may not see it."""
    row = upload_record(viewer, upload)
    return _card(row, viewer, latest_jobs([row.pk]).get(row.pk))


def upload_record(viewer: Viewer, upload: UUID) -> Upload:
    """The row itself, for an action to work on."""
    row: Upload | None = Upload.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(pk=upload).first()
    if row is None:
        raise NotFound("There is no such file, or it is not yours to see.")
    return row


def _card(row: Upload, viewer: Viewer, job: Job | None) -> UploadCard:
    ended = row.state == UploadState.WAITING and job and job.state in (JobState.FAILED, JobState.CANCELLED)
    return UploadCard(
        id=row.pk, partnership=row.partnership_id, name=row.name, size=row.size, state=UploadState(row.state),
        created=row.created, expires=row.expires, dataset=row.dataset, outcome=_outcome(row.outcome),
        job=job.pk if job else None, stopped=(job.message or "It was called off.") if job and ended else "",
        mine=row.by_id == viewer.person, put_away=row.put_away is not None, work=job.kind if job else "",
    )


def _outcome(data: dict[str, Any]) -> Outcome:
    """The outcome as it was settled."""
    return Outcome(
        sentence=data.get("sentence", ""),
        parts=tuple(Part(**part) for part in data.get("parts", ())),
        kept_out=tuple(KeptOut(**row) for row in data.get("kept_out", ())),
        kept_out_count=data.get("kept_out_count", 0),
    )
