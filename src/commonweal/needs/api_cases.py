"""The case to each partner as data: what its page shows to whoever asks, and nothing more."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core import clock
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.documents.briefing import sections
from commonweal.needs.documents.case import case_brief
from commonweal.needs.queries.advocates import with_advocates
from commonweal.needs.queries.making_case import Case, case_to, cases_for
from commonweal.needs.replay import part_data

router = Router(tags=["The case to each partner"])
BASE = "/partnerships/{partnership}/cases"


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


class CaseOut(Schema):
    """How far the case to one partner goes."""

    partner: str
    partner_id: UUID
    kind: str
    stands: str
    priorities: int
    findings: int
    advocates: list[str]


class SaidOut(Schema):
    """What somebody said who agreed to have it shown: to the partners, or to anybody."""

    name: str
    stands_for: str
    words: str
    said_where: str
    said_on: date
    shown_to: str


class SectionOut(Schema):
    """One heading of the case, and what stands under it."""

    title: str
    says: list[str]


class CaseFull(CaseOut):
    """The case whole, as it stands today: its sentences, the figures under them and who says so in words."""

    made_on: date
    sections: list[SectionOut]
    figures: list[dict[str, Any]]
    says_so: list[SaidOut]


@router.get(BASE, response={200: list[CaseOut], 403: Refusal, 404: Refusal}, summary="The case to every partner")
def cases(request: HttpRequest, partnership: UUID) -> list[CaseOut]:
    """Every organisation of the partnership, and how far the case to it goes."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [CaseOut.model_validate(_line(one)) for one in cases_for(viewer, partnership)]


@router.get(f"{BASE}/{{organisation}}", response={200: CaseFull, 403: Refusal, 404: Refusal},
            summary="The case to one partner")
def case(request: HttpRequest, partnership: UUID, organisation: UUID) -> CaseFull:
    """What drives it, what the law asks, research for and against, who else says so, and what is not known."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = case_to(viewer, partnership, organisation)
    brief = with_advocates(case_brief(found, view), public=False)
    return CaseFull.model_validate({
        **_line(found), "made_on": clock.today(),
        "sections": [{"title": title, "says": [point.text for point in points]}
                     for title, points in sections(brief)],
        "figures": [part_data(held.figure) for theme in found.themes for held in theme.theme.figures],
        "says_so": [
            {"name": one.name, "stands_for": one.stands_for, "words": one.words, "said_where": one.said_where,
             "said_on": one.said_on, "shown_to": one.reach.value}
            for one in found.said
        ],
    })


def _line(one: Case) -> dict[str, object]:
    return {
        "partner": one.partner.name, "partner_id": one.partner.id, "kind": one.partner.kind, "stands": one.stands,
        "priorities": len(one.priorities), "findings": one.findings, "advocates": list(one.advocates),
    }
