"""The notice clock of money that ends, the path of a grant, and rewards that were shared."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.agreements.content import read
from commonweal.agreements.models import Notice, PathStep, Reward
from commonweal.agreements.queries.register import Entry, register_for
from commonweal.core import clock
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require

FORMS = ("contract", "concession", "grant", "lease")


@dataclass(frozen=True, slots=True)
class Clock:
    """One agreement that ends: the last day on which notice is in time, and what was told."""

    id: UUID
    title: str
    who: str
    ends: date
    notice_by: date
    days_left: int
    told_on: date | None
    what: str
    words: str

    @property
    def in_time(self) -> bool:
        """Whether notice was given, and not too late."""
        return self.told_on is not None and self.told_on <= self.notice_by


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a grant to a commission, and when it was done."""

    key: str
    title: str
    says: str
    source: str
    unverified: bool
    done_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class RewardCard:
    """A pot shared, with the rule and each share as worked out: equal part, by delivery, by need, in all."""

    id: UUID
    title: str
    pot: Decimal
    alike: int
    delivered: int
    need: int
    counts: str
    source: str
    agreed_on: date
    rows: tuple[tuple[str, Decimal, Decimal, Decimal], ...]


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the last of the month where there is no such day."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError("no such month")


def clocks_for(viewer: Viewer, partnership: UUID) -> tuple[Clock, ...]:
    """Every agreement that ends and is not over, the first notice due at the top; what was told comes last."""
    told: dict[UUID, Any] = {}
    for row in Notice.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership):
        told[row.agreement_id] = row
    found = [_clock(one, told.get(one.card.id)) for one in register_for(viewer, partnership)
             if one.card.ends and not one.over and one.card.form in FORMS]
    return tuple(sorted(found, key=lambda one: (one.told_on is not None, one.notice_by, one.title)))


def _clock(entry: Entry, notice: Any) -> Clock:
    ends = entry.card.ends
    assert ends is not None
    by = months_before(ends, int(read("funding")["notice"]["months"]))
    who = " and ".join(name for name, part in entry.card.parties if part != "Pays or grants")
    return Clock(entry.card.id, entry.card.title, who, ends, by, (by - clock.today()).days,
                 notice.told_on if notice else None, notice.get_what_display() if notice else "",
                 notice.words if notice else "")


def path_for(viewer: Viewer, partnership: UUID, agreement: UUID) -> tuple[Step, ...]:
    """Each step, done or not; of an agreement that the caller has been shown."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    done = {row.step: row for row in PathStep.objects.filter(partnership=partnership, agreement=agreement)}
    return tuple(
        Step(one["key"], one["title"], one["says"], one["source"], one["verification"] != "V",
             done[one["key"]].done_on if one["key"] in done else None,
             done[one["key"]].note if one["key"] in done else "")
        for one in read("funding")["path"])


def paths_for(viewer: Viewer, partnership: UUID) -> dict[UUID, int]:
    """How many steps each grant has done."""
    found: dict[UUID, int] = defaultdict(int)
    for key in PathStep.objects.visible_to(viewer, Purpose.PLANNING).filter(
            partnership=partnership).values_list("agreement_id", flat=True):
        found[key] += 1
    return dict(found)


def rewards_for(viewer: Viewer, partnership: UUID) -> tuple[RewardCard, ...]:
    """Every pot that was shared, for everybody in the partnership: the rule is open."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    return tuple(RewardCard(
        row.pk, row.title, row.pot, row.alike, row.delivered, row.need, row.counts, row.source, row.agreed_on,
        tuple((name, Decimal(done), Decimal(need), Decimal(pence) / 100) for name, done, need, pence in row.rows),
    ) for row in Reward.objects.filter(partnership=partnership))
