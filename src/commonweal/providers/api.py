"""The providers stage's part of the data interface: what is there for clubs and groups in a place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.viewer import viewer_from
from commonweal.providers.api_directory import router as directory_router
from commonweal.providers.queries.help import stop_for

router = Router(tags=["Organisations"])
router.add_router("", directory_router)


class OfferOut(Schema):
    """One thing that groups can have, who says so, and when that was looked up."""

    id: UUID
    kind: str
    title: str
    words: str
    giver: str
    least: Decimal | None
    most: Decimal | None
    closes: date | None
    where: str
    places: int | None
    web: str
    source: str
    checked: date
    old: bool


class StopOut(Schema):
    """A page for groups: who answers for it, and what is on it."""

    name: str
    words: str
    answers: str
    places: list[str]
    offers: list[OfferOut]


@router.get("/partnerships/{partnership}/for-groups", response=StopOut, summary="What is there for groups")
def for_groups(request: HttpRequest, partnership: UUID) -> StopOut:
    """No account where the page is open; people's names and numbers stand on the page alone."""
    stop = stop_for(viewer_from(request), partnership)
    offers = [OfferOut(**{name: getattr(card, name) for name in OfferOut.model_fields if name != "kind"},
                       kind=kind.value) for kind, cards in stop.offers for card in cards]
    return StopOut(name=stop.name, words=stop.words, answers=stop.answers, places=list(stop.places), offers=offers)
