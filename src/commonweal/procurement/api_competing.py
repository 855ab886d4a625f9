"""Competitions as data, open to everybody: what is asked, when, and how it is decided; never what was bid."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.viewer import viewer_from
from commonweal.procurement.queries.competing import CompetitionCard, competition_public, open_competitions

router = Router(tags=["Procurement"])


class CriterionOut(Schema):
    """One question, and its share of quality in per cent."""

    key: str
    words: str
    looked_for: str
    share: float


class AnsweredOut(Schema):
    """What was asked back, and the answer that everybody reads."""

    asked: str
    answer: str
    answered_at: datetime | None


class CompetitionOut(Schema):
    """One competition; `state` is coming, open, closed, opened, decided or over.

    `available` is the sum of a grant in pounds, `may_exceed` whether more than that may be asked for.
    """

    id: UUID
    title: str
    purpose: str
    place: str
    buyer: str
    deal: str
    way: str
    kept_for: str
    state: str
    opens: datetime
    questions_by: datetime
    closes: datetime
    criteria: list[CriterionOut]
    words: int
    price_weight: int
    formula: str
    quality_floor: int
    several: bool
    available: Decimal | None
    may_exceed: bool
    answered: list[AnsweredOut]
    contact: str
    invented: bool


@router.get("/procurement/competitions", response=list[CompetitionOut], summary="What is open now, public")
def competitions(request: HttpRequest, example: bool = False) -> list[CompetitionOut]:
    """What closes first before all else; `example` gives the invented ones alone."""
    return [_out(one) for one in open_competitions(viewer_from(request), invented=example)]


@router.get(
    "/procurement/competitions/{uuid:competition}", response=CompetitionOut, summary="One competition, public")
def competition(request: HttpRequest, competition: UUID) -> CompetitionOut:
    """One of them, also once it has closed."""
    return _out(competition_public(viewer_from(request), competition))


def _out(card: CompetitionCard) -> CompetitionOut:
    return CompetitionOut(
        id=card.id, title=card.title, purpose=card.purpose, place=card.place, buyer=card.buyer, deal=card.deal,
        way=card.way.name, kept_for=card.reserved.name if card.reserved else "", state=card.state,
        opens=card.opens, questions_by=card.questions_by, closes=card.closes, words=card.words,
        price_weight=card.price_weight,
        criteria=[CriterionOut(key=one.question.key, words=one.question.words, share=round(one.share, 2),
                               looked_for=one.question.looked_for) for one in card.criteria],
        formula=card.formula.name if card.formula and card.price_weight else "", quality_floor=card.quality_floor,
        several=card.several, available=card.available, may_exceed=card.may_exceed, contact=card.contact,
        invented=card.invented,
        answered=[AnsweredOut(asked=one.asked, answer=one.answer, answered_at=one.answered_at)
                  for one in card.asked_back])
