"""The standing orders of an organisation on a day, and those entered before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.policy.standing_orders import Band, StandingOrders
from commonweal.procurement.models import StandingOrdersTable


@dataclass(frozen=True, slots=True)
class OrdersCard:
    """One table as it was entered, whose it is, and whether it stands."""

    id: UUID
    organisation: UUID
    orders: StandingOrders
    entered_by: str
    stands: bool


def orders_for(viewer: Viewer, partnership: UUID, on: date) -> tuple[OrdersCard, ...]:
    """Every table entered here, those that stand first."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    held = StandingOrdersTable.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    rows = list(held.select_related("organisation", "entered_by").prefetch_related("bands"))
    standing = {row.organisation_id: row.pk for row in rows if row.since <= on}
    cards = [OrdersCard(row.pk, row.organisation_id, _orders(row), row.entered_by.name,
                        standing.get(row.organisation_id) == row.pk) for row in reversed(rows)]
    return tuple(sorted(cards, key=lambda card: not card.stands))


def orders_of(viewer: Viewer, partnership: UUID, organisation: UUID, on: date) -> StandingOrders | None:
    """The table that stands for one organisation on a day."""
    found = (card.orders for card in orders_for(viewer, partnership, on)
             if card.stands and card.organisation == organisation)
    return next(found, None)


def _orders(row: StandingOrdersTable) -> StandingOrders:
    bands = tuple(Band(one.up_to, one.quotes, one.advertise, one.words) for one in row.bands.all())
    return StandingOrders(row.organisation.name, row.since, row.with_vat, row.source, bands)
