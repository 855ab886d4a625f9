"""The returns of a partnership: what is asked of whom, what is due, late or sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from commonweal.core import clock
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.measures.models import Return, ReturnPlan, ReturnState
from commonweal.measures.periods import period_words
from commonweal.options.models import Agreement
from commonweal.policy.returns import return_rules


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
    ring: bool           # it is so late that somebody should ring
    contact: str         # whom, for those who work here
    phone: str
    unlikely: int        # how many checks found it odd when it was sent


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One agreement, and whether returns are laid down for it."""

    agreement: UUID
    title: str
    tier: int | None
    every: int | None


@dataclass(frozen=True, slots=True)
class ReturnCounts:
    """How many returns were asked for, came, and are late."""

    asked: int
    sent: int
    late: int


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

    @property
    def ringing(self) -> tuple[ReturnLine, ...]:
        """Those to ring about."""
        return tuple(one for one in self.open if one.ring)

    @property
    def waiting(self) -> tuple[ReturnLine, ...]:
        """Those that are open, with time left or a reminder still to come."""
        return tuple(one for one in self.open if not one.ring)

    @property
    def odd(self) -> tuple[ReturnLine, ...]:
        """Those that were sent although something in them is unlikely."""
        return tuple(one for one in self.sent if one.unlikely)


def returns_for(viewer: Viewer, partnership: UUID) -> Returns:
    """All returns of a partnership, for whoever sees its evidence."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = Return.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    works = viewer.may(Permission.RECORD_EVIDENCE, partnership)
    lines = [_line(row, clock.today(), works)
             for row in rows.select_related("plan__agreement").order_by("due", "pk")]
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


def return_counts(viewer: Viewer, partnership: UUID) -> ReturnCounts:
    """How many there are, without reading any."""
    rows = Return.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    waits = Q(state=ReturnState.OPEN)
    return ReturnCounts(**rows.aggregate(asked=Count("pk"), sent=Count("pk", filter=~waits),
                                         late=Count("pk", filter=waits & Q(due__lt=clock.today()))))


def _line(row: Return, today: date, works: bool) -> ReturnLine:
    late = row.sent_at is None and row.due < today
    ring = late and row.due + timedelta(days=return_rules().call_after) <= today
    plan = row.plan
    return ReturnLine(
        row.pk, plan.agreement.title, plan.provider_name, period_words(row.first, row.last), row.due, row.sent_at,
        row.receipt, late, ring, plan.contact_name if works else "", plan.contact_phone if works else "",
        len(row.warned))
