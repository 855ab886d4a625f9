"""Trades as the two who trade see them: what each gives, the balance over time, and what each gains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require
from commonweal.policy.procurement_law import in_force, thresholds
from commonweal.procurement.models import Given, Method, Promise, Trade

VAT = Decimal("1.2")
NOUGHT = Decimal(0)
VAT_NOTE = ("VAT: an exchange is two supplies. Whoever is registered may owe VAT on what it gives, on the value "
            "of what it gets. Unchecked: ask whoever does your VAT.")
UNEVEN = ("Fairness: one side gives over a fifth more than the other. Say why that is right, or even it out: what "
          "is given for less may be a subsidy.")


@dataclass(frozen=True, slots=True)
class GivenLine:
    """So much was given on a day."""

    id: UUID
    on: date
    quantity: Decimal
    worth: Decimal
    note: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One thing that is given: what, how much, what it is fairly worth and why; and how much has been."""

    id: UUID
    giver: UUID
    giver_name: str
    what: str
    unit: str
    quantity: Decimal
    rate: Decimal
    worth: Decimal
    method: str
    because: str
    given: tuple[GivenLine, ...]

    @property
    def done(self) -> Decimal:
        """How much has been given, confirmed or not."""
        return sum((one.quantity for one in self.given), NOUGHT)


@dataclass(frozen=True, slots=True)
class Moment:
    """How the two stood at the end of a month: what each had given, and by how much the first was ahead."""

    month: date
    first: Decimal
    second: Decimal

    @property
    def ahead(self) -> Decimal:
        """By how much the first side had given more."""
        return self.first - self.second


@dataclass(frozen=True, slots=True)
class TradeCard:
    """One trade. `mine` is the side the viewer acts for; `notes` say what VAT and thresholds ask."""

    id: UUID
    title: str
    first: UUID
    second: UUID
    first_name: str
    second_name: str
    begins: date
    ends: date
    first_gains: str
    second_gains: str
    agreed: bool
    ended_why: str
    mine: UUID | None
    promises: tuple[PromiseLine, ...]
    over_time: tuple[Moment, ...]
    notes: tuple[str, ...]
    invented: bool

    def worth(self, side: UUID, *, given: bool = False) -> Decimal:
        """What a side promises in all, or what it has given so far."""
        lines = [one for one in self.promises if one.giver == side]
        return sum((one.done * one.rate if given else one.worth for one in lines), NOUGHT)

    @property
    def sentence(self) -> str:
        """How the two stand, in a sentence."""
        if not self.agreed:
            lacking = "It is offered, and the other side has not agreed yet."
            return lacking if not self.ended_why else f"It ended before both agreed: {self.ended_why}"
        first, second = self.worth(self.first, given=True), self.worth(self.second, given=True)
        ahead = self.first_name if first > second else self.second_name
        more = f"{ahead} has given £{abs(first - second):,.0f} more"
        so_far = f"{more} so far." if first != second else "Both have given the same so far."
        return f"It ended: {self.ended_why} {so_far}" if self.ended_why else so_far


def trades_for(viewer: Viewer, partnership: UUID) -> tuple[TradeCard, ...]:
    """Those of the organisation one acts for, the newest first."""
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    return tuple(_card(viewer, row) for row in _rows(viewer, partnership).order_by("-created"))


def trade_for(viewer: Viewer, partnership: UUID, trade: UUID) -> TradeCard:
    """One of them."""
    return _card(viewer, trade_row(viewer, partnership, trade))


def trade_row(viewer: Viewer, partnership: UUID, trade: UUID) -> Trade:
    """The row, for an action; NotFound for all but the two who trade."""
    partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    found: Trade | None = _rows(viewer, partnership).filter(pk=trade).first()
    if found is None:
        raise NotFound("There is no such trade, or none of yours.")
    return found


def promise_row(viewer: Viewer, partnership: UUID, trade: UUID, promise: UUID) -> Promise:
    """One line, for an action."""
    found: Promise | None = trade_row(viewer, partnership, trade).promises.filter(pk=promise).first()
    if found is None:
        raise NotFound("There is no such line.")
    return found


def given_row(viewer: Viewer, partnership: UUID, trade: UUID, given: UUID) -> Given:
    """Something that was given, for an action."""
    row = trade_row(viewer, partnership, trade)
    rows = Given.objects.filter(promise__trade=row, pk=given).select_related("promise__trade")
    found: Given | None = rows.first()
    if found is None:
        raise NotFound("There is no such line.")
    return found


def others_in(viewer: Viewer, partnership: UUID) -> tuple[tuple[UUID, str], ...]:
    """Organisations one could trade with."""
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    own = viewer.organisation_in(partnership)
    rows = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=partnership)
    rows = rows.exclude(organisation=own).select_related("organisation").order_by("organisation__name")
    return tuple((row.organisation_id, row.organisation.name) for row in rows)


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    """The two who trade see it, and nobody else: what one takes for an hour is its own affair."""
    own = viewer.organisation_in(partnership)
    rows = Trade.objects.filter(partnership=partnership).select_related("first", "second", "partnership")
    return rows.filter(Q(first=own) | Q(second=own)) if own else rows.none()


def _card(viewer: Viewer, row: Trade) -> TradeCard:
    lines = tuple(_promise(one) for one in row.promises.select_related("giver").prefetch_related("given"))
    return TradeCard(
        row.pk, row.title, row.first_id, row.second_id, row.first.name, row.second.name, row.begins, row.ends,
        row.first_gains, row.second_gains, row.agreed_at is not None, row.ended_why,
        viewer.organisation_in(row.partnership_id), lines, _over_time(row, lines), _notes(row, lines),
        row.partnership.invented)


def _promise(one: Promise) -> PromiseLine:
    given = tuple(GivenLine(each.pk, each.on, each.quantity, each.quantity * one.rate, each.note,
                            each.confirmed_at is not None) for each in one.given.all())
    return PromiseLine(one.pk, one.giver_id, one.giver.name, one.what, one.unit, one.quantity, one.rate,
                       one.quantity * one.rate, str(Method(one.method).label), one.because, given)


def _over_time(row: Trade, lines: tuple[PromiseLine, ...]) -> tuple[Moment, ...]:
    """A line a month in which something was given, sums running on."""
    months = sorted({each.on.replace(day=1) for one in lines for each in one.given})
    return tuple(Moment(month, *(
        sum((each.worth for one in lines if one.giver == side for each in one.given
             if each.on.replace(day=1) <= month), NOUGHT) for side in (row.first_id, row.second_id)))
        for month in months)


def _notes(row: Trade, lines: tuple[PromiseLine, ...]) -> tuple[str, ...]:
    """What an exchange without money still asks: VAT on both sides, and the larger side against the threshold."""
    sides = [sum((one.worth for one in lines if one.giver == side), NOUGHT)
             for side in (row.first_id, row.second_id)]
    found = [VAT_NOTE, _threshold(row, max(sides))]
    if min(sides) and abs(sides[0] - sides[1]) > max(sides) / 5:
        found.append(UNEVEN)
    return tuple(found)


def _threshold(row: Trade, larger: Decimal) -> str:
    """The larger side with VAT beside the threshold for services on the day it begins."""
    held = in_force(thresholds(), row.begins)
    amount = held.amounts.get("services") if held else None
    if amount is None:
        return "Threshold: none is known for the day it begins. Ask your legal officer."
    worth = f"Threshold: the larger side is worth £{larger * VAT:,.0f} with VAT"
    if larger * VAT >= amount:
        return (f"{worth}, not under the £{amount:,.0f} for services. A contract paid in kind may be a public "
                "contract: ask your legal officer first.")
    return f"{worth}, under the £{amount:,.0f} for services."
