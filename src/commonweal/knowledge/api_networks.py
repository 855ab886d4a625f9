"""Networks of peers as data: what each is and how it does; never who is in it or what is said."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.knowledge.queries.networks import networks_for

router = Router(tags=["Peers"])


class NetworkOut(Schema):
    """One network; `days` is how long half of the answered questions waited at most."""

    id: UUID
    title: str
    about: str
    among: str
    wide: bool
    members: int
    asked: int
    answered: int
    days: float | None
    mine: bool


@router.get("/partnerships/{partnership}/peer-networks", response=list[NetworkOut], summary="Networks of peers")
def peer_networks(request: HttpRequest, partnership: UUID) -> Any:
    """Those of the partnership, and those of others that it may join."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return list(networks_for(viewer, partnership))
