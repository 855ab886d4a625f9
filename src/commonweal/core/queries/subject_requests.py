"""Requests to see what is held: one's own, and for staff all of them with the day they are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.core import clock
from commonweal.core.models import Job, JobState, SubjectRequest
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request: how far it is, its day (one month, Article 12(3)), and whether it can be fetched."""

    id: UUID
    name: str
    received: date
    due: date
    identity: str
    state: str
    progress: int
    message: str
    rows: int | None
    ready_at: datetime | None
    fetched_at: datetime | None
    gone: bool
    may_fetch: bool

    @property
    def late(self) -> bool:
        """Past its day and not yet handed over."""
        return self.fetched_at is None and clock.today() > self.due


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, min(day.day, 28))


def own_requests(viewer: Viewer) -> tuple[RequestLine, ...]:
    """Those about oneself, newest first."""
    return _lines(viewer, SubjectRequest.objects.filter(person=viewer.person) if viewer.person else
                  SubjectRequest.objects.none())


def all_requests(viewer: Viewer) -> tuple[RequestLine, ...]:
    """The log, for staff, newest first."""
    require(viewer, Permission.ERASE_PERSON)
    return _lines(viewer, SubjectRequest.objects.all())


def _lines(viewer: Viewer, rows: object) -> tuple[RequestLine, ...]:
    found = list(rows.select_related("person").order_by("-created")[:100])  # type: ignore[attr-defined]
    jobs = {job.subject: job for job in Job.objects.filter(subject__in=[row.pk for row in found])}
    return tuple(_line(viewer, row, jobs.get(row.pk)) for row in found)


def _line(viewer: Viewer, row: SubjectRequest, job: Job | None) -> RequestLine:
    there = row.ready_at is not None and row.gone_at is None
    return RequestLine(
        id=row.pk, name=row.person.name, received=row.received, due=a_month_after(row.received),
        identity=row.identity, state=job.state if job else JobState.DONE, progress=job.progress if job else 100,
        message=job.message if job else "", rows=row.rows, ready_at=row.ready_at, fetched_at=row.fetched_at,
        gone=row.gone_at is not None, may_fetch=there and viewer.person in (row.person_id, row.asked_by_id),
    )
