"""The public calendar as data, open to everybody."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.viewer import viewer_from
from commonweal.procurement.queries.pipeline import Sought, coming

router = Router(tags=["Procurement"])


class ComingOut(Schema):
    """One coming commission, as its buyer published it."""

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


@router.get("/procurement/coming", response=list[ComingOut], summary="Coming commissions, public")
def coming_commissions(
    request: HttpRequest, place: str = "", kind: str = "", size: str = "", when: str = "",
    example: bool = False,
) -> list[ComingOut]:
    """What partners published; `when` is 3, 6 or 12 months; `example` gives the invented ones alone."""
    sought = Sought(place=place[:100], kind=kind, size=size, when=when, invented=example)
    return [ComingOut.from_orm(one) for one in coming(viewer_from(request), sought)]
