"""The common language's part of the data interface, read only."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.knowledge.api_cases import router as cases_router
from commonweal.knowledge.api_events import router as events_router
from commonweal.knowledge.api_networks import router as networks_router
from commonweal.knowledge.queries.terms import explain, search_words
from commonweal.knowledge.queries.words import seed_for, words_for
from commonweal.knowledge.words import Word

router = Router(tags=["Words"])
router.add_router("", cases_router)
router.add_router("", events_router)
router.add_router("", networks_router)
LONGEST = 5_000


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


class SectorOut(Schema):
    """What one sector says."""

    sector: str
    word: str
    meaning: str


class WordOut(Schema):
    """One word."""

    id: str
    label: str
    plain: str
    also: list[str]
    words: list[SectorOut]
    broader: list[str]
    related: list[str]
    after: list[str]
    links: list[str]
    checked: str


class ExplainedOut(Schema):
    """A term in a text."""

    start: int
    end: int
    id: str
    label: str
    plain: str
    agreed: bool


@router.get("/words", response=list[WordOut], summary="Every word, or those that fit a search")
def words(request: HttpRequest, q: str = "") -> list[WordOut]:
    """Words A to Z; with `q`, the best fit first."""
    viewer = viewer_from(request)
    if q:
        return [_out(hit.word) for hit in search_words(viewer, q[:100])]
    return [_out(word) for word in words_for(viewer)]


@router.get("/words/{slug}", response={200: WordOut, 404: Refusal}, summary="One word")
def one_word(request: HttpRequest, slug: str) -> WordOut:
    """One word, sector beside sector."""
    viewer_from(request)
    return _out(seed_for(slug))


@router.get("/explain", response=list[ExplainedOut], summary="The known words in a text")
def explained(request: HttpRequest, text: str) -> list[ExplainedOut]:
    """Where each known word stands in a text of up to 5,000 letters, and what it means."""
    found = explain(viewer_from(request), text[:LONGEST])
    return [
        ExplainedOut(
            start=one.start, end=one.end, id=one.slug, label=one.label, plain=one.plain, agreed=one.agreed
        )
        for one in found
    ]


@router.get(
    "/partnerships/{partnership}/words", response={200: list[WordOut], 404: Refusal},
    summary="A partnership's words",
)
def partnership_words(request: HttpRequest, partnership: UUID) -> list[WordOut]:
    """Every word as the partnership means it."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [_out(word) for word in words_for(viewer, partnership)]


def _out(word: Word) -> WordOut:
    return WordOut(
        id=word.slug, label=word.label, plain=word.plain, also=list(word.also),
        words=[SectorOut(sector=cell.sector, word=cell.word, meaning=cell.meaning) for cell in word.words],
        broader=list(word.broader), related=list(word.related), after=list(word.after),
        links=[link.uri for link in word.links], checked=word.checked,
    )
