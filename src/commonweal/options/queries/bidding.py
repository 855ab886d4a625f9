"""Bids of the organisation one acts for, with everything worked out; nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.options.bid_sums import Drawing, Gone, Plan, Price, drawing, gone, price_edge
from commonweal.options.models import Bid
from commonweal.options.money_content import Question, questions


@dataclass(frozen=True, slots=True)
class BidCard:
    """A workbook in a list."""

    id: UUID
    title: str
    buyer: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A question, its answer (empty: not yet) and why."""

    question: Question
    answer: str
    note: str


@dataclass(frozen=True, slots=True)
class BidView:
    """A workbook with its sums."""

    id: UUID
    title: str
    buyer: str
    whose: str
    route: str
    weight: int
    plan: Plan
    checks: tuple[Checked, ...]
    scenarios: tuple[Gone, ...]
    drawing: Drawing
    price: Price | None

    def answered(self, answer: str, *, stops: bool | None = None) -> tuple[Checked, ...]:
        """Questions with an answer; those that stop a bid, or do not, where asked."""
        return tuple(
            one for one in self.checks if one.answer == answer and (stops is None or one.question.stops is stops)
        )


def bids_for(viewer: Viewer, partnership: UUID) -> tuple[BidCard, ...]:
    """Workbooks of the organisation one acts for, by name."""
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    rows = Bid.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    return tuple(BidCard(row.pk, row.title, row.buyer) for row in rows.order_by("title"))


def bid_row(viewer: Viewer, partnership: UUID, bid: UUID) -> Bid:
    """The row itself, for an action."""
    rows = Bid.objects.visible_to(viewer, Purpose.PLANNING)
    found: Bid | None = rows.filter(partnership=partnership, pk=bid).first()
    if found is None:
        raise NotFound("There is no such workbook, or it is another organisation's.")
    return found


def bid_for(viewer: Viewer, partnership: UUID, bid: UUID) -> BidView:
    """A workbook with everything worked out."""
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    row = bid_row(viewer, partnership, bid)
    plan = Plan(
        row.years, float(row.income), float(row.staff), float(row.other), float(row.price), float(row.reserves),
        float(row.least), float(row.home), row.seed,
    )
    held = {one.question: one for one in row.answers.all()}
    checks = tuple(
        Checked(
            one, held[one.key].answer if one.key in held else "", held[one.key].note if one.key in held else ""
        )
        for one in questions()
    )
    price = price_edge(
        price=plan.price,
        quality=row.quality,
        rival_quality=row.rival_quality,
        weight=row.quality_weight,
        rival_price=None if row.rival_price is None else float(row.rival_price),
    )
    return BidView(
        row.pk,
        row.title,
        row.buyer,
        row.organisation.name,
        row.route,
        row.quality_weight,
        plan,
        checks,
        gone(plan),
        drawing(plan),
        price,
    )
