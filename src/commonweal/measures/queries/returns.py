"""The returns of a partnership: what is asked of whom, what is due, late or sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.core import clock
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.measures.models import Return, ReturnPlan
from commonweal.measures.periods import period_words
from commonweal.options.models import Agreement


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One return in the list."""

    id: UUID
    title: str
    provider: str
    period: str
    due: date
    sent_at: datetime | None
    receipt: str
    late: bool


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One agreement, and whether returns are laid down for it."""

    agreement: UUID
    title: str
    tier: int | None
    every: int | None


@dataclass(frozen=True, slots=True)
class Returns:
    """What is open, oldest first; what was sent, newest first; and every agreement."""

    open: tuple[ReturnLine, ...]
    sent: tuple[ReturnLine, ...]
    plans: tuple[PlanLine, ...]

    @property
    def late(self) -> int:
        """How many are overdue."""
        return sum(one.late for one in self.open)


def returns_for(viewer: Viewer, partnership: UUID) -> Returns:
    """All returns of a partnership, for whoever sees its evidence."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = Return.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    lines = [_line(row, clock.today()) for row in rows.select_related("plan__agreement").order_by("due", "pk")]
    plans = {one.agreement_id: one for one in ReturnPlan.objects.visible_to(
        viewer, Purpose.ASSESSMENT).filter(partnership=partnership)}
    agreements = Agreement.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    found = []
    for row in agreements.order_by("title"):
        plan = plans.get(row.pk)
        found.append(PlanLine(row.pk, row.title, plan.tier if plan else None, plan.every if plan else None))
    return Returns(
        tuple(one for one in lines if one.sent_at is None),
        tuple(sorted((one for one in lines if one.sent_at), key=lambda one: one.due, reverse=True)), tuple(found))


def _line(row: Return, today: date) -> ReturnLine:
    late = row.sent_at is None and row.due < today
    return ReturnLine(row.pk, row.plan.agreement.title, row.plan.provider_name, period_words(row.first, row.last),
                      row.due, row.sent_at, row.receipt, late)
