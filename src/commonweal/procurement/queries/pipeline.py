"""The public calendar: what partners chose to publish, and nothing else; and who said they might take part."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Q

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.methods.answering_time import minutes_to_answer
from commonweal.policy.papers import GuidedQuestion, answer_questions, guided, interest_questions
from commonweal.policy.tiers import tiers
from commonweal.procurement.models import CommissionState, Interest, Listing
from commonweal.procurement.models.pipeline import Size

KINDS = {"grant": "A grant", "contract": "A contract", "concession": "Run something and earn from users",
         "trade": "An exchange without money"}
WHEN = {"3": "Within three months", "6": "Within six months", "12": "Within a year"}
SALT = "procurement.interest"
EACH, WHO = 40, 10   # words of an answer of a few sentences, and of who one is


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for."""

    place: str = ""
    kind: str = ""
    size: str = ""
    when: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class ComingLine:
    """One coming commission as everybody reads it."""

    id: UUID
    title: str
    plain: str
    place: str
    kind: str
    size: str
    buyer: str
    department: str
    partnership: str
    engage_on: date | None
    engage_at: time | None
    engage_where: str
    starts_on: date | None
    interest_by: date | None
    contact: str
    open: bool
    invented: bool
    changed_at: datetime
    interest: tuple[GuidedQuestion, ...] = field(default=())

    @property
    def minutes(self) -> int:
        """About how long the form takes: all is read, and `EACH` words are written for what must be answered."""
        read = sum(len(f"{one.words} {one.help}".split()) for one in self.interest) + len(self.plain.split())
        written = sum(one.key not in ("who", "ease") for one in self.interest) * EACH + WHO
        return minutes_to_answer(read, written)
    questions: tuple[GuidedQuestion, ...] = field(default=())

    @property
    def talks_on(self) -> date | None:
        """The day to come and talk, until it is over."""
        return self.engage_on if self.engage_on and self.engage_on >= clock.today() else None

    @property
    def whose(self) -> str:
        """The buyer and its department."""
        return f"{self.buyer}, {self.department}" if self.department else self.buyer


@dataclass(frozen=True, slots=True)
class InterestCard:
    """Who might take part, with the questions beside their answers."""

    id: UUID
    organisation: str
    name: str
    reach: str
    sent_at: datetime
    erased: bool
    answers: tuple[tuple[str, str], ...]


def coming(viewer: Viewer, sought: Sought) -> tuple[ComingLine, ...]:
    """What is published and still comes, soonest first; the same for everybody, whoever looks."""
    today = clock.today()
    rows = _published().filter(partnership__invented=sought.invented)
    rows = rows.filter(Q(starts_on=None) | Q(starts_on__gte=today))
    if sought.place:
        named = Q(place__icontains=sought.place) | Q(commission__organisation__name__icontains=sought.place)
        rows = rows.filter(named | Q(partnership__name__icontains=sought.place))
    for name in ("kind", "size"):
        if value := getattr(sought, name):
            rows = rows.filter(**{name: value})
    if sought.when in WHEN:
        end = today + timedelta(days=int(sought.when) * 365 // 12)
        rows = rows.filter(Q(engage_on__range=(today, end)) | Q(starts_on__range=(today, end)))
    lines = [_line(row) for row in rows]
    return tuple(sorted(lines, key=lambda one: (_next(one, today), one.title)))


def coming_one(viewer: Viewer, listing: UUID) -> ComingLine:
    """One that is published."""
    return _line(listing_row(listing))


def listing_row(listing: UUID) -> Listing:
    """The record of one that is published."""
    found: Listing | None = _published().filter(pk=listing).first()
    if found is None:
        raise NotFound("This commission is not in the calendar any more.")
    return found


def listing_of(viewer: Viewer, partnership: UUID, commission: UUID) -> Listing | None:
    """What a commission's own partners have in the calendar, taken back or not."""
    rows = Listing.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    found: Listing | None = rows.filter(commission=commission).select_related(
        "commission__organisation", "commission__partnership", "department").first()
    return found


def interests_in(viewer: Viewer, partnership: UUID, commission: UUID) -> tuple[InterestCard, ...]:
    """Who might take part, for those who work on it."""
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    rows = Interest.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    return tuple(_interest(row) for row in rows.filter(listing__commission=commission))


def interest_row(viewer: Viewer, partnership: UUID, interest: UUID) -> Interest:
    """One expression of interest, for those who work on it."""
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    rows = Interest.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    found: Interest | None = rows.filter(pk=interest).first()
    if found is None:
        raise NotFound("There is no such expression of interest.")
    return found


def receipt_of(row: Interest) -> str:
    """What the receipt's link holds."""
    return signing.dumps(str(row.pk), salt=SALT)


def interest_behind(receipt: str) -> Interest:
    """The expression of interest that a receipt stands for."""
    try:
        key = UUID(signing.loads(receipt, salt=SALT))
    except (signing.BadSignature, ValueError) as wrong:
        raise NotFound("This receipt is not whole. Use the link as it was given.") from wrong
    found: Interest | None = Interest.objects.select_related("listing__commission__organisation").filter(
        pk=key).first()
    if found is None:
        raise NotFound("There is no such receipt.")
    return found


def interest_card(row: Interest) -> InterestCard:
    """One as its own sender reads it."""
    return _interest(row)


def _published() -> Any:
    """Published and not taken back, of partnerships in force; whoever looks sees the same."""
    rows = Listing.objects.filter(withdrawn=False).exclude(
        commission__state__in=(CommissionState.WITHDRAWN, CommissionState.DECIDED))
    return rows.select_related("commission__organisation", "department", "partnership")


def _line(row: Listing) -> ComingLine:
    tier = tiers()[row.tier - 1] if row.tier else None
    over = row.commission.state in (CommissionState.DECIDED, CommissionState.WITHDRAWN)
    late = row.interest_by is not None and row.interest_by < clock.today()
    return ComingLine(
        row.pk, row.title, row.plain, row.place, KINDS.get(row.kind, row.kind), str(Size(row.size).label),
        row.commission.organisation.name, row.department.name if row.department else "", row.partnership.name,
        row.engage_on, row.engage_at, row.engage_where, row.starts_on, row.interest_by, row.contact,
        not over and not late, row.partnership.invented, row.changed_at, interest_questions(tier),
        answer_questions(tier) if tier else (),
    )


def _next(one: ComingLine, today: date) -> date:
    """The day that somebody waits for."""
    days = [day for day in (one.engage_on, one.interest_by, one.starts_on) if day and day >= today]
    return min(days, default=date.max)


def _interest(row: Interest) -> InterestCard:
    answers = tuple((guided(key).words, words) for key, words in row.answers.items() if words)
    return InterestCard(row.pk, row.organisation, row.name, row.reach, row.sent_at, row.erased_at is not None,
                        answers)
