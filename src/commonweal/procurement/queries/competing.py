"""Competitions as everybody reads them, and as those who run them do; never what was bid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.policy.bidding import Formula, formulas
from commonweal.policy.competing import Reserved, Way, reserved_for, way
from commonweal.policy.papers import GuidedQuestion, ScoreWord, guided, score_words
from commonweal.procurement.bid_checks import sum_of
from commonweal.procurement.deadline import said
from commonweal.procurement.models import Bid, Clarification, Commission, CommissionState, Competition
from commonweal.procurement.opening import GRACE
from commonweal.procurement.pages.rules import pounds, worth_words

STATES = {"coming": "Opens soon", "open": "Open", "closed": "Closed, sealed", "opened": "Closed, opened",
          "decided": "Decided", "over": "Ended without a choice"}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question, and what its answer counts for of all quality, in per cent; 0 is asked and not scored."""

    question: GuidedQuestion
    weight: int
    share: float


@dataclass(frozen=True, slots=True)
class Moved:
    """The deadline was moved for all."""

    before: str
    after: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AskedBack:
    """A question that was asked back, and its answer if there is one."""

    id: UUID
    asked: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said in a talk, the same for all."""

    stage: str
    held_on: date
    words: str


@dataclass(frozen=True, slots=True)
class CompetitionCard:
    """One competition as everybody reads it."""

    id: UUID
    commission: UUID
    partnership: UUID
    title: str
    purpose: str
    place: str
    buyer: str
    deal: str
    contact: str
    way: Way
    reserved: Reserved | None
    state: str
    opens: datetime
    questions_by: datetime
    closes: datetime
    opens_said: str
    questions_said: str
    closes_said: str
    criteria: tuple[Criterion, ...]
    words: int
    price_weight: int
    formula: Formula | None
    floor: Decimal | None
    ceiling: Decimal | None
    quality_floor: int
    low_percent: int
    several: bool
    available: Decimal | None
    may_exceed: bool
    worth: str
    stages: tuple[str, ...]
    wanted: tuple[tuple[str, str], ...]
    required: tuple[str, ...]
    score_words: tuple[ScoreWord, ...]
    moved: tuple[Moved, ...]
    asked_back: tuple[AskedBack, ...]
    talks: tuple[Talk, ...]
    opened_at: datetime | None
    opened_by: str
    invented: bool

    @property
    def state_words(self) -> str:
        """How it stands."""
        return STATES[self.state]

    @property
    def may_ask(self) -> bool:
        """Whether questions can still be asked."""
        return self.state == "open" and clock.now() <= self.questions_by

    @property
    def may_be_opened(self) -> bool:
        """Whether the time has come to open what was sent."""
        return self.state == "closed" and clock.now() > self.closes + GRACE

    @property
    def sum_words(self) -> str:
        """Of a grant, how much there is and whether more may be asked for; nothing where nobody said."""
        if self.available is None:
            return ""
        more = ("You may ask for more; whoever decides is told that it is above the sum." if self.may_exceed
                else "Nobody can ask for more.")
        return f"There is {pounds(self.available)} in all. {more}"

    @property
    def noun(self) -> str:
        """What is sent: an application for a grant, a bid for a contract, an offer for a trade."""
        return {"grant": "application", "trade": "offer"}.get(self.deal, "bid")


def open_competitions(viewer: Viewer, *, invented: bool = False) -> tuple[CompetitionCard, ...]:
    """Everything published that has not closed, what closes first before all else; the same for everybody."""
    rows = _rows().filter(partnership__invented=invented, closes__gte=clock.now()).exclude(
        commission__state=CommissionState.WITHDRAWN)
    return tuple(_card(row, public=True) for row in rows.order_by("closes", "id"))


def competition_public(viewer: Viewer, competition: UUID) -> CompetitionCard:
    """One that is published, as everybody reads it."""
    return _card(competition_row(competition), public=True)


def competition_row(competition: UUID) -> Competition:
    """The record of one that is published."""
    found: Competition | None = _rows().filter(pk=competition).first()
    if found is None:
        raise NotFound("There is no such competition.")
    return found


def competition_of(viewer: Viewer, partnership: UUID, commission: UUID) -> CompetitionCard | None:
    """That of a commission, with questions not yet answered; None where it is not published."""
    row = own_competition_row(viewer, partnership, commission)
    return _card(row, public=False) if row else None


def own_competition_row(viewer: Viewer, partnership: UUID, commission: UUID) -> Competition | None:
    """The record, for those who see the commission."""
    rows = Competition.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    found: Competition | None = rows.filter(commission=commission).select_related(
        "commission__organisation", "partnership", "specification", "opened_by").first()
    return found


def own_competition(viewer: Viewer, partnership: UUID, commission: UUID) -> Competition:
    """The same; NotFound where nothing is published."""
    found = own_competition_row(viewer, partnership, commission)
    if found is None:
        raise NotFound("This commission is not being competed.")
    return found


def clarification_row(viewer: Viewer, partnership: UUID, clarification: UUID) -> Clarification:
    """One that was asked back, for those who work on it."""
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    found: Clarification | None = Clarification.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=partnership, pk=clarification).select_related("competition__commission").first()
    if found is None:
        raise NotFound("There is no such question.")
    return found


def invited_in(viewer: Viewer, competition: Competition) -> tuple[str, ...]:
    """Whom the buyer asked to take part."""
    require(viewer, Permission.RECORD_EVIDENCE, competition.partnership_id)
    rows = Bid.objects.filter(competition=competition).exclude(invited="").order_by("id")
    return tuple(rows.values_list("invited", flat=True))


def state_of(row: Competition) -> str:
    """How it stands now."""
    commission: Commission = row.commission
    if commission.state == CommissionState.WITHDRAWN:
        return "over"
    if commission.state == CommissionState.DECIDED:
        return "decided"
    if clock.now() < row.opens:
        return "coming"
    if clock.now() <= row.closes:
        return "open"
    return "opened" if row.opened_at else "closed"


def _worth(row: Commission) -> str:
    """What it is thought to be worth, in words; nothing for an exchange or where nobody said."""
    if not row.net or row.deal == "trade":
        return ""
    return worth_words(row.net, row.years, row.deal)


def _rows() -> Any:
    return Competition.objects.select_related(
        "commission__organisation", "partnership", "specification", "opened_by")


def _card(row: Competition, *, public: bool) -> CompetitionCard:
    commission = row.commission
    total = sum(weight for _, weight in row.criteria) or 1
    asked = row.clarifications.exclude(answered_at=None) if public else row.clarifications.all()
    spec = row.specification
    wanted = () if spec is None else (
        ("The difference wanted", spec.difference), ("For whom", spec.people), ("Where", spec.where),
        ("How it will be known", spec.known), ("Who may be missed", spec.missed))
    return CompetitionCard(
        row.pk, commission.pk, row.partnership_id, commission.title, commission.purpose, commission.place,
        commission.organisation.name, commission.deal, row.contact, way(row.way),
        reserved_for(commission.reserve), state_of(row), row.opens, row.questions_by, row.closes, said(row.opens),
        said(row.questions_by), said(row.closes),
        tuple(Criterion(guided(key), weight, 100 * weight / total) for key, weight in row.criteria), row.words,
        row.price_weight, next((one for one in formulas() if one.key == row.formula), None), row.floor,
        row.ceiling, row.quality_floor, row.low_percent, row.several, sum_of(row), row.may_exceed,
        _worth(commission), tuple(row.stages), wanted,
        tuple(one.words for one in spec.requirements.all()) if spec else (), score_words(),
        tuple(Moved(said(one.before), said(one.after), one.reason, one.at) for one in row.extensions.all()),
        tuple(AskedBack(one.pk, one.asked, one.asked_at, one.answer, one.answered_at) for one in asked),
        tuple(Talk(one.stage, one.held_on, one.words) for one in row.talks.all()),
        row.opened_at, row.opened_by.name if row.opened_by else "", row.partnership.invented,
    )
