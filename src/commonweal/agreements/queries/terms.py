"""The terms of one agreement, for those who may see it: with who bears what of each year of an open book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

import numpy as np

from commonweal.agreements.models import (
    AgreementContact,
    AgreementDay,
    AgreementPaper,
    AgreementVariation,
    Clause,
    Of,
    RiskShare,
    RiskYear,
)
from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import PartnershipRecord
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.methods.sharing_rule import Rule, borne, collar_and_cap
from commonweal.options.models import Agreement
from commonweal.options.queries.agreements import AgreementCard, agreement_for
from commonweal.policy.procurement_law import in_force, regimes

NOT_THERE = "There is no such page, or none that you may see."
KINDS: dict[str, type[PartnershipRecord]] = {
    "clause": Clause, "day": AgreementDay, "contact": AgreementContact, "paper": AgreementPaper, "risk": RiskShare,
    "year": RiskYear,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the agreement says, in words."""

    id: UUID
    words: str
    hint: str = ""
    due: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class BookYear:
    """One year of an open book: the departure from plan, above 0 where it is a gain, and who bears how much.

    `before` is what stood there, newest first, where it was put right.
    """

    id: UUID
    year: str
    planned: Decimal
    actual: Decimal
    departure: Decimal
    provider: Decimal
    payer: Decimal
    source: str
    before: tuple[str, ...]

    @property
    def size(self) -> Decimal:
        """The departure without its sign."""
        return abs(self.departure)

    @property
    def provider_size(self) -> Decimal:
        """The provider's part without its sign."""
        return abs(self.provider)

    @property
    def payer_size(self) -> Decimal:
        """The rest without its sign."""
        return abs(self.payer)


@dataclass(frozen=True, slots=True)
class Risk:
    """Who bears a risk, in words, and the years so far."""

    id: UUID
    title: str
    words: str
    source: str
    before: tuple[str, ...]
    years: tuple[BookYear, ...]


@dataclass(frozen=True, slots=True)
class Variation:
    """One variation, its money in words."""

    number: int
    agreed_on: date
    what: str
    money: str
    ends: date | None
    reason: str
    ground: str


@dataclass(frozen=True, slots=True)
class Terms:
    """All of one agreement's terms."""

    card: AgreementCard
    law: str
    clauses: tuple[Line, ...]
    variations: tuple[Variation, ...]
    days: tuple[Line, ...]
    contacts: tuple[AgreementContact, ...]
    papers: tuple[AgreementPaper, ...]
    risks: tuple[Risk, ...]


@dataclass(frozen=True, slots=True)
class DayWaiting:
    """A day that has come near."""

    agreement: UUID
    title: str
    what: str
    day: date


def terms_of(viewer: Viewer, partnership: UUID, agreement: UUID) -> Terms:
    """Everything the agreement says; NotFound where there is none that the viewer may see."""
    card = agreement_for(viewer, partnership, agreement)

    def rows(kind: Any) -> Any:
        return kind.objects.visible_to(viewer, Purpose.PLANNING).filter(agreement=agreement)

    return Terms(
        card, _law(card), tuple(_clause(one) for one in rows(Clause).filter(removed=False).select_related(
            "need__identity", "outcome__identity").order_by("position", "created")),
        tuple(_variation(one) for one in rows(AgreementVariation).order_by("number")),
        tuple(_day(one) for one in rows(AgreementDay).order_by("day", "pk")),
        tuple(rows(AgreementContact).order_by("party", "name")),
        tuple(rows(AgreementPaper).filter(removed_on=None).defer("content").order_by("title", "pk")),
        tuple(_risk(one) for one in rows(RiskShare).prefetch_related("years").order_by("title")),
    )


def days_near(viewer: Viewer, partnership: UUID) -> tuple[DayWaiting, ...]:
    """Days that have come near and are not done, the nearest first."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = AgreementDay.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership, done_on=None)
    return tuple(
        DayWaiting(one.agreement_id, one.agreement.title, one.words or one.get_kind_display(), one.day)
        for one in rows.select_related("agreement").order_by("day", "pk") if _near(one))


def term_row(viewer: Viewer, partnership: UUID, kind: str, term: UUID) -> Any:
    """One term's row, for an action; NotFound where there is none that the viewer may see."""
    model: Any = KINDS.get(kind)
    rows = None if model is None else model.objects.visible_to(viewer, Purpose.PLANNING)
    found = None if rows is None else rows.filter(partnership=partnership, pk=term).first()
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def agreement_of(term: Any) -> Agreement:
    """Whose term it is."""
    found: Agreement = term.share.agreement if isinstance(term, RiskYear) else term.agreement
    return found


def rule_of(share: RiskShare) -> Rule:
    """Its bands as the method takes them."""
    return collar_and_cap(collar=float(share.collar), cap=float(share.cap), shared=float(share.shared),
                          beyond=float(share.beyond))


def _law(card: AgreementCard) -> str:
    """The law its first day falls under, and whether the entry says another."""
    found = in_force(regimes(), card.begins)
    if card.form not in ("contract", "concession") or found is None:
        return card.regime_title
    if card.regime and card.regime != found.key:
        return (f"{card.regime_title}, though it began on {card.begins:%-d %B %Y}, when {found.title} applied to "
                f"what was begun then. Ask your legal officer which holds.")
    standing = found.standing[:1].upper() + found.standing[1:]
    return f"{found.title}, by its first day. {standing}."


def _clause(row: Clause) -> Line:
    title = row.need.identity.title if row.need else row.outcome.identity.title if row.outcome else ""
    hint = f"Answers {title}." if title else "Answers no need and no outcome."
    return Line(row.pk, str(row), hint)


def _variation(row: AgreementVariation) -> Variation:
    more = "more" if row.pounds and row.pounds > 0 else "less"
    money = f"£{abs(row.pounds):,.0f} {more} in all." if row.pounds else ""
    return Variation(row.number, row.agreed_on, row.what, money, row.ends, row.reason, row.ground)


def _near(row: AgreementDay) -> bool:
    return row.day - timedelta(days=row.ahead) <= clock.today()


def _day(row: AgreementDay) -> Line:
    done = row.done_on is not None
    words = f"{row.day:%-d %B %Y}: {row.get_kind_display().lower()}"
    return Line(row.pk, words, row.words, due=not done and _near(row), done=done)


def _risk(row: RiskShare) -> Risk:
    before = _before(row, lambda old: f"{old.title}: {_bands(old)} Source: {old.source}.")
    return Risk(row.pk, row.title, f"{row.get_of_display()}. {_bands(row)}", row.source, before,
                tuple(_year(row, one) for one in row.years.all()))


def _bands(row: Any) -> str:
    """Who bears what, in words."""
    return (f"The provider bears the first £{row.collar:,.0f} a year, then {row.shared * 100:.0f} per cent up to "
            f"£{row.cap:,.0f}, and {row.beyond * 100:.0f} per cent beyond. Whoever pays bears the rest, of gains "
            f"as of losses.")


def _before(row: Any, words: Callable[[Any], str]) -> tuple[str, ...]:
    """What stood there before it was put right, newest first, with the day it gave way."""
    past = list(row.history.order_by("-history_date", "-history_id"))
    return tuple(f"Until {newer.history_date.astimezone(clock.LONDON):%-d %B %Y}: {words(old)}"
                 for newer, old in pairwise(past))


def _year(share: RiskShare, row: Any) -> BookYear:
    more = row.actual - row.planned
    departure = more if share.of == Of.INCOME else -more
    part = float(borne(rule_of(share), np.asarray([float(departure)]))[0])
    provider = Decimal(str(round(part, 2)))
    before = _before(row, lambda old: f"{old.year}: £{old.planned:,.0f} planned, £{old.actual:,.0f} came. "
                                      f"Source: {old.source}.")
    return BookYear(row.pk, row.year, row.planned, row.actual, departure, provider, departure - provider,
                    row.source, before)
