"""The part of the data interface that tells the questions of each tier, and which papers a commission has."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.policy.papers import answer_questions, interest_questions, papers_version, words_each
from commonweal.policy.tiers import tiers
from commonweal.procurement.pages.papers import pack_of
from commonweal.procurement.queries.commissions import commission_for

router = Router(tags=["Procurement"])


class QuestionOut(Schema):
    """One question in the words that buyer, bidder and public read."""

    key: str
    words: str
    help: str
    looked_for: str


class TierQuestionsOut(Schema):
    """What a tier asks: in an answer, and in an expression of interest; words are at most."""

    tier: int
    name: str
    version: int
    words: int
    answer: list[QuestionOut]
    interest: list[QuestionOut]


class PaperOut(Schema):
    """One paper; a form comes as Word alone."""

    key: str
    name: str
    reader: str
    questions: int
    form: bool


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


@router.get("/procurement/questions", response=list[TierQuestionsOut], summary="What bidders are asked")
def bid_questions(request: HttpRequest) -> list[TierQuestionsOut]:
    """The questions of every tier; open to everybody."""
    version = papers_version()[0]
    return [TierQuestionsOut(
        tier=tier.number, name=tier.name, version=version, words=words_each(tier),
        answer=[QuestionOut.from_orm(one) for one in answer_questions(tier)],
        interest=[QuestionOut.from_orm(one) for one in interest_questions(tier)],
    ) for tier in tiers()]


@router.get("/partnerships/{partnership}/commissions/{commission}/papers",
            response={200: list[PaperOut], 403: Refusal, 404: Refusal}, summary="Papers of a commission")
def commission_papers(request: HttpRequest, partnership: UUID, commission: UUID) -> list[PaperOut]:
    """Which papers its tier gives; none until the tier is chosen."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = pack_of(commission_for(viewer, partnership, commission))
    return [PaperOut.from_orm(one) for one in found.lines] if found else []
