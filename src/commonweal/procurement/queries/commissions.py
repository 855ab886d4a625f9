"""The commissions of a partnership: what each answers, what the law says of it, its tier, and who buys."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from commonweal.core import clock
from commonweal.core.asked_once import asked_once
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.models import NeedState
from commonweal.policy.procurement_facts import Facts
from commonweal.policy.procurement_rules import Answer, answer
from commonweal.policy.standing_orders import StandingOrders
from commonweal.policy.tiers import Proposal, Tier, tiers
from commonweal.procurement.facts_of import facts_of
from commonweal.procurement.models import Commission, CommissionAnswers, CommissionState
from commonweal.procurement.queries.standing_orders import orders_for
from commonweal.procurement.sizing import proposal_of

FIXED = (CommissionState.OPEN, CommissionState.DECIDED, CommissionState.WITHDRAWN)  # changed no more


@dataclass(frozen=True, slots=True)
class AnswerRef:
    """A need or an outcome that a commission answers; `link` is the tie itself."""

    link: UUID
    kind: str
    id: UUID
    title: str
    number: int
    newest: bool
    agreed: bool


@dataclass(frozen=True, slots=True)
class CommissionCard:
    """One commission, with the law's answer and its tier."""

    id: UUID
    title: str
    purpose: str
    place: str
    organisation: UUID
    buyer: str
    state: CommissionState
    facts: Facts
    found: Answer
    engage_on: date | None
    starts_on: date | None
    answers: tuple[AnswerRef, ...]
    risks: tuple[str, ...]
    able: str
    proposal: Proposal | None
    tier: Tier | None
    tier_reason: str

    @property
    def orphan(self) -> bool:
        """Whether it answers nothing."""
        return not self.answers

    @property
    def fixed(self) -> bool:
        """Whether it is changed no more."""
        return self.state in FIXED


@asked_once
def commissions_for(viewer: Viewer, partnership: UUID) -> tuple[CommissionCard, ...]:
    """Every commission: those that are coming first, withdrawn ones last."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    return _in_order(_cards(viewer, partnership, _rows(viewer, partnership)))


def open_commissions_of(
    viewer: Viewer, partnership: UUID, organisation: UUID | None
) -> tuple[CommissionCard, ...]:
    """Those of one organisation that can still be changed: no other is worked out."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = _rows(viewer, partnership).filter(organisation=organisation).exclude(state__in=FIXED)
    return _in_order(_cards(viewer, partnership, rows))


def sized_of(viewer: Viewer, partnership: UUID) -> tuple[int, int]:
    """How many commissions stand, and of how many the tier is chosen."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    standing = _rows(viewer, partnership).exclude(state=CommissionState.WITHDRAWN)
    tiers_of = list(standing.values_list("tier", flat=True))
    return len(tiers_of), sum(tier is not None for tier in tiers_of)


def commission_for(viewer: Viewer, partnership: UUID, commission: UUID) -> CommissionCard:
    """One commission; NotFound where there is none that the viewer may see."""
    found = _cards(viewer, partnership, _rows(viewer, partnership).filter(pk=commission))
    if not found:
        raise NotFound("There is no such commission, or none that you may see.")
    return found[0]


def commission_row(viewer: Viewer, partnership: UUID, commission: UUID) -> Commission:
    """The row itself, for an action."""
    found: Commission | None = _rows(viewer, partnership).filter(pk=commission).first()
    if found is None:
        raise NotFound("There is no such commission, or none that you may see.")
    return found


def _in_order(cards: tuple[CommissionCard, ...]) -> tuple[CommissionCard, ...]:
    order = list(CommissionState)
    return tuple(sorted(cards, key=lambda card: order.index(card.state)))


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    rows = Commission.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    return rows.select_related("organisation").order_by("created", "id")


def _cards(viewer: Viewer, partnership: UUID, rows: Any) -> tuple[CommissionCard, ...]:
    found = list(rows)
    if not found:
        return ()
    today = clock.today()
    answered = _answers([row.pk for row in found])
    orders = {card.organisation: card.orders for card in orders_for(viewer, partnership, today) if card.stands}
    return tuple(_card(row, tuple(answered[row.pk]), orders.get(row.organisation_id), today) for row in found)


def _card(
    row: Commission, answers: tuple[AnswerRef, ...], orders: StandingOrders | None, today: date
) -> CommissionCard:
    facts = facts_of(row)
    return CommissionCard(
        row.pk, row.title, row.purpose, row.place, row.organisation_id, row.organisation.name,
        CommissionState(row.state), facts, answer(facts, on=today, orders=orders), row.engage_on, row.starts_on,
        answers, tuple(row.risks), row.able, proposal_of(row, today),
        tiers()[row.tier - 1] if row.tier else None, row.tier_reason,
    )


def _answers(commissions: list[UUID]) -> dict[UUID, list[AnswerRef]]:
    found: dict[UUID, list[AnswerRef]] = defaultdict(list)
    rows = CommissionAnswers.objects.filter(commission__in=commissions, removed=False)
    for row in rows.select_related("need__identity", "outcome__identity").order_by("created", "id"):
        version = row.need or row.outcome
        assert version is not None
        identity = version.identity
        agreed = row.outcome is not None or identity.state == NeedState.AGREED
        found[row.commission_id].append(AnswerRef(
            row.pk, "outcome" if row.outcome else "need", identity.pk, identity.title, version.number,
            version.number == identity.next_number() - 1, agreed,
        ))
    return found
