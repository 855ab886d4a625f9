"""The money map as data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.agreements.queries.funding import money_map
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from

router = Router(tags=["Agreements"])


class FlowOut(Schema):
    """One giver's money to one organisation in one year."""

    giver: str
    receiver: str
    kind: str
    infrastructure: bool
    area: str
    need: str
    year: str
    pounds: Decimal
    source: str
    as_at: date


class MoneyOut(Schema):
    """One year: every line, and how far it hangs on few (Herfindahl, 0 to 1)."""

    year: str
    years: list[str]
    services: Decimal
    infrastructure: Decimal
    herfindahl: float | None
    flows: list[FlowOut]


@router.get("/partnerships/{partnership}/money", response=MoneyOut, summary="Who is paid by whom")
def money(request: HttpRequest, partnership: UUID, year: str = "") -> MoneyOut:
    """The money map of a financial year such as 2026-27; a group that is only counted is never named."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = money_map(viewer, partnership, year[:7])
    flows = [FlowOut.from_orm(one) for one in found.flows]
    return MoneyOut(year=found.year, years=list(found.years), services=found.services,
                    infrastructure=found.infrastructure,
                    herfindahl=found.givers.index if found.givers else None, flows=flows)
