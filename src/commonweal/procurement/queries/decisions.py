"""What was decided for a commission, as it was frozen; and what one bidder is told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.procurement.bidding import Bidding, let_in
from commonweal.procurement.models import Bid, Decision
from commonweal.procurement.opening import runs
from commonweal.procurement.package import Member


@dataclass(frozen=True, slots=True)
class Chosen:
    """One that was chosen: its name, price and, of several together, who has which share."""

    name: str
    price: Decimal | None
    members: tuple[Member, ...]
    letter: str = ""
    bid: UUID | None = None
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """One agreed score as it was frozen."""

    question: str
    score: int
    reason: str
    given: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """One bid in the order as it was frozen."""

    letter: str
    name: str
    place: int | None
    out: str
    price: Decimal | None
    quality: float
    price_points: float
    total: float
    scores: tuple[Scored, ...]
    bid: UUID
    offered: Decimal | None = None
    terms: str = ""


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """The decision record: who recommended, who decided, who was chosen, why, and until when one waits."""

    id: UUID
    commission: UUID
    how: str
    chosen: tuple[Chosen, ...]
    order: tuple[Placed, ...]
    rules: dict[str, Any]
    reasons: str
    authority: str
    recommended_by: str
    decided_on: date
    told_on: date | None
    standstill_last: date | None
    standstill_words: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one bidder is told: its own scores beside those of the one chosen, and the reasons."""

    title: str
    buyer: str
    own: Placed
    chosen: tuple[Placed, ...]
    is_chosen: bool
    count: int
    rules: dict[str, Any]
    reasons: str
    decided_on: date
    standstill_last: date | None
    standstill_words: str
    contact: str
    invented: bool
    place: str


def decision_for(viewer: Viewer, commission: UUID) -> DecisionCard | None:
    """The decision on a commission, for those who see its evidence; None where there is none for them to see.

    What each bid scored is read by people of the commissioning organisation alone: partners may bid.
    """
    row: Decision | None = Decision.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        commission=commission).select_related("recommended_by", "competition__commission").first()
    if row is None:
        return None
    card = _card(row)
    return card if row.competition is None or runs(viewer, row.competition) else replace(card, order=())


def chosen_public(commission: UUID) -> tuple[str, ...]:
    """Who was chosen, as everybody may read it once it is decided."""
    row = Decision.objects.filter(commission=commission).first()
    return tuple(str(one["name"]) for one in row.chosen) if row else ()


def told_to(who: Bidding, bid: Bid) -> Told | None:
    """What a bidder is told of its own bid, once it is decided."""
    let_in(who, bid)
    return _told(bid)


def told_for(viewer: Viewer, bid: Bid) -> Told | None:
    """The same for those who send it out."""
    return _told(bid) if runs(viewer, bid.competition) else None


def _told(bid: Bid) -> Told | None:
    row = Decision.objects.filter(competition=bid.competition_id).first()
    order = _card(row).order if row else ()
    own = next((one for one in order if one.bid == bid.pk), None)
    if row is None or own is None:
        return None
    chosen = {one["bid"] for one in row.chosen}
    commission = bid.competition.commission
    return Told(
        commission.title, commission.organisation.name, own, tuple(one for one in order if str(one.bid) in chosen),
        str(bid.pk) in chosen, len(order), row.rules, row.reasons, row.decided_on, row.standstill_last,
        row.standstill_words, bid.competition.contact, bid.partnership.invented, commission.place)


def _card(row: Decision) -> DecisionCard:
    return DecisionCard(
        row.pk, row.commission_id, row.how, tuple(_chosen(one) for one in row.chosen),
        tuple(_placed(one) for one in row.order), row.rules, row.reasons, row.authority, row.recommended_by.name,
        row.decided_on, row.told_on, row.standstill_last, row.standstill_words)


def _chosen(one: dict[str, Any]) -> Chosen:
    return Chosen(one["name"], _money(one.get("price")), tuple(Member(**each) for each in one.get("members", ())),
                  one.get("letter", ""), UUID(one["bid"]) if one.get("bid") else None, one.get("terms", ""))


def _placed(one: dict[str, Any]) -> Placed:
    scores = tuple(Scored(each["question"], each["score"], each["reason"], tuple(each["given"]))
                   for each in one["scores"])
    return Placed(one["letter"], one["name"], one["place"], one["out"], _money(one["price"]), one["quality"],
                  one["price_points"], one["total"], scores, UUID(one["bid"]),
                  _money(one.get("offered")), one.get("terms", ""))


def _money(told: str | None) -> Decimal | None:
    return None if told is None else Decimal(told)
