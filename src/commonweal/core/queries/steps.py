"""Which steps a partnership has closed, when, and with what left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core.models import StepClosing
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import SYSTEM, Viewer


@dataclass(frozen=True, slots=True)
class Closing:
    """One closing or opening again."""

    closed: bool
    at: datetime
    by: str
    reason: str
    left: tuple[str, ...]


def closing_of(partnership: UUID, step: str) -> StepClosing | None:
    """The closing that stands for a step, or nothing where it is open."""
    rows = StepClosing.objects.visible_to(SYSTEM, Purpose.ADMINISTRATION).filter(partnership=partnership)
    latest: StepClosing | None = rows.filter(step=step).order_by("-id").first()
    return latest if latest is not None and latest.closed else None


def closings_of(viewer: Viewer, partnership: UUID) -> dict[str, datetime]:
    """Each closed step with when it was closed."""
    rows = StepClosing.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    latest = {step: (closed, at) for step, closed, at in rows.order_by("id").values_list("step", "closed", "at")}
    return {step: at for step, (closed, at) in latest.items() if closed}


def history_of(viewer: Viewer, partnership: UUID, step: str) -> tuple[Closing, ...]:
    """Every closing and opening of a step, newest first."""
    rows = StepClosing.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    return tuple(
        Closing(row.closed, row.at, row.by.name if row.by else "Somebody", row.reason, tuple(row.left))
        for row in rows.filter(step=step).select_related("by").order_by("-id")
    )
