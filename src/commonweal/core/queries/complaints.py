"""The log of complaints: what waits, until when, and what was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.core import clock
from commonweal.core.actions.complaints import require_handling
from commonweal.core.errors import NotFound
from commonweal.core.models import Complaint, ComplaintStepKind
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.policy.information_requests import acknowledge_by


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the log."""

    kind: str
    day: date
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """One complaint with its log; `standing` says in words what is to be done next."""

    row: Complaint
    acknowledge_by: date
    steps: tuple[StepView, ...]
    standing: str
    late: bool


def complaints_for(viewer: Viewer, partnership: UUID | None) -> tuple[ComplaintView, ...]:
    """Those about one partnership for its administrators; those about none for staff. Open ones first."""
    require(viewer, Permission.MANAGE_PARTNERSHIP if partnership else Permission.ERASE_PERSON, partnership)
    if partnership is not None and partnership not in viewer.partnerships():
        raise NotFound("There is no such partnership, or you are not in it.")
    rows = Complaint.objects.filter(partnership=partnership).prefetch_related("steps__by")
    found = [_view(row) for row in rows.order_by("received", "created")]
    return tuple(sorted(found, key=lambda one: one.row.settled is not None))


def complaint_for(viewer: Viewer, complaint: UUID) -> ComplaintView:
    """One of them; NotFound for whoever does not handle it."""
    row = Complaint.objects.prefetch_related("steps__by").filter(pk=complaint).first()
    if row is None:
        raise NotFound("There is no such complaint.")
    require_handling(viewer, row)
    return _view(row)


def _view(row: Complaint) -> ComplaintView:
    steps = sorted(row.steps.all(), key=lambda one: (one.day, one.created))
    until, today = acknowledge_by(row.received), clock.today()
    known = any(one.kind == ComplaintStepKind.ACKNOWLEDGED for one in steps)
    standing = f"Acknowledge it by {until:%-d %B %Y}" if not known else "Look into it without undue delay"
    if row.settled:
        standing = f"Outcome told on {row.settled:%-d %B %Y}"
    views = tuple(StepView(one.get_kind_display(), one.day, one.words, one.by.name if one.by else "")
                  for one in steps)
    return ComplaintView(row, until, views, standing, not known and not row.settled and today > until)
