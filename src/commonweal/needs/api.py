"""The needs stage's part of the data interface: assessments as data, the same as the pages show."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from commonweal.core.errors import NotFound, Refused
from commonweal.core.viewer import viewer_from
from commonweal.needs.api_ambitions import router as ambitions_router
from commonweal.needs.api_cases import router as cases_router
from commonweal.needs.api_country import router as country_router
from commonweal.needs.api_joint import router as joint_router
from commonweal.needs.api_partners import router as partners_router
from commonweal.needs.api_pooled import router as pooled_router
from commonweal.needs.api_priorities import router as priorities_router
from commonweal.needs.api_services import router as services_router
from commonweal.needs.api_visits import router as visits_router
from commonweal.needs.assessment import Assessment
from commonweal.needs.card import Card, cards
from commonweal.needs.pages.loading import Moved, NoData, NotAPlace, assessment_for
from commonweal.needs.pages.weights import weights_from
from commonweal.needs.queries.need_index import WeightsWrong
from commonweal.needs.replay import assessment_json, part_data

router = Router(tags=["Needs"])
router.add_router("", country_router)
router.add_router("", joint_router)
router.add_router("", partners_router)
router.add_router("", ambitions_router)
router.add_router("", cases_router)
router.add_router("", priorities_router)
router.add_router("", services_router)
router.add_router("", pooled_router)
router.add_router("", visits_router)


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


class CardOut(Schema):
    """An indicator card: what is measured, why it matters and what it cannot tell."""

    id: str
    name: str
    theme: str
    side: str
    dataset: str
    indicator: str
    unit: str
    need: str
    base: str
    why: str
    cannot_tell: list[str]
    author: str
    checker: str
    next_review: str


@router.get(
    "/places/{code}/assessment", response={200: dict[str, Any], 400: Refusal, 404: Refusal},
    summary="The needs assessment of a place",
)
def assessment(request: HttpRequest, code: str, weights: str | None = None) -> HttpResponse:
    """The whole assessment; `code` is a place's code, or several joined by +. It replays exactly.

    `weights` weighs the index of need otherwise: `health:40,money:20`, each from 0 to 100; parts left out count 0.
    """
    found = _assessment(request, code.upper(), weights)
    return HttpResponse(assessment_json(found), content_type="application/json")


@router.get(
    "/places/{code}/findings", response={200: list[dict[str, Any]], 400: Refusal, 404: Refusal},
    summary="What stands out",
)
def findings(request: HttpRequest, code: str, weights: str | None = None) -> list[dict[str, Any]]:
    """The five to nine findings, each with its figures and the marks that chose it; `weights` as above."""
    return list(part_data(_assessment(request, code.upper(), weights).findings))


@router.get("/indicators", response=list[CardOut], summary="Indicator cards")
def indicators(request: HttpRequest) -> list[CardOut]:
    """Every indicator that assessments are made from."""
    viewer_from(request)
    return [_card(one) for one in cards()]


def _card(card: Card) -> CardOut:
    return CardOut(
        id=card.id, name=card.name, theme=card.theme.title, side=card.theme.side.value,
        dataset=card.source.dataset, indicator=card.source.indicator or card.source.measure, unit=card.unit.value,
        need=card.need.value, base=card.base, why=card.why, cannot_tell=list(card.cannot_tell), author=card.author,
        checker=card.checker or "not yet checked by a second person", next_review=card.next_review.isoformat(),
    )


def _assessment(request: HttpRequest, code: str, weights: str | None) -> Assessment:
    viewer = viewer_from(request)
    try:
        asked = None if weights is None else weights_from(weights)
        try:
            return assessment_for(viewer, code, weights=asked)
        except Moved as moved:
            return assessment_for(viewer, moved.code, weights=asked)
    except WeightsWrong as wrong:
        raise Refused(str(wrong)) from wrong
    except (NotAPlace, NoData) as unknown:
        raise NotFound(unknown.sentence) from unknown
