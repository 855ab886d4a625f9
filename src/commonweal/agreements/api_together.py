"""What could be bought or run together, with who gains what, and proposals to join, as data."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.agreements.queries.joint import opportunities_for
from commonweal.agreements.queries.proposals import proposals_for
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from

router = Router(tags=["Agreements"])


class ShareOut(Schema):
    """What one gains a year in pounds, from `low` to `high`."""

    name: str
    low: int
    high: int


class OpportunityOut(Schema):
    """One thing that could be done together; `not_costed` says why where there is no range."""

    key: str
    kind: str
    service: str
    title: str
    why: str
    whole: ShareOut | None
    shares: list[ShareOut]
    not_costed: str
    years: int
    needs: list[str]
    proposed: UUID | None


class ProposalOut(Schema):
    """One proposal and who has joined it."""

    id: UUID
    title: str
    about: str
    lead: str
    proposed_on: date
    rests_on: list[str]
    low: int | None
    high: int | None
    shares: list[ShareOut]
    method: str
    joined: list[str]
    withdrawn: bool


class TogetherOut(Schema):
    """Both."""

    opportunities: list[OpportunityOut]
    proposals: list[ProposalOut]


@router.get("/partnerships/{partnership}/together", response=TogetherOut, summary="What could be done together")
def together(request: HttpRequest, partnership: UUID) -> dict[str, Any]:
    """From the agreements that whoever asks may see; ranges by the method that stands with them."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    proposals = []
    for one in proposals_for(viewer, partnership):
        named = {name: getattr(one, name) for name in ProposalOut.model_fields if name != "joined"}
        proposals.append({**named, "joined": [each.name for each in one.joined]})
    return {"opportunities": opportunities_for(viewer, partnership), "proposals": proposals}
