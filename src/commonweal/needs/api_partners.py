"""What a partnership heard and agreed, as data: to whoever may see it on a page, and to nobody else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema

from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, viewer_from
from commonweal.needs.models import Perspective
from commonweal.needs.queries.evidence_items import (
    EvidenceDetail,
    EvidenceLine,
    evidence_for,
    evidence_item,
    may_see_evidence,
    perspectives_of,
)
from commonweal.needs.queries.needs import IN_ONE_GO, NeedCard, NeedView, Pages, need_for, needs_for

router = Router(tags=["What partners heard and agreed"])
BASE = "/partnerships/{partnership}"
PageAsked = Annotated[int, Query(ge=1, le=100_000)]


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


class EvidenceOut(Schema):
    """A piece of evidence: whose it is, whose view, when, how many, and how far it can be relied on."""

    id: UUID
    title: str
    brought_by: str
    kind: str
    perspective: str
    gathered: date | None
    answered: int | None
    grade: str
    reasons: list[str]
    may_not_conclude: list[str]
    placed: bool
    withdrawn: date | None


class EvidencePageOut(Schema):
    """Some pieces, newest first; give `next` as `after` to read on, until it is empty."""

    items: list[EvidenceOut]
    next: UUID | None


class HeldForOut(Schema):
    """A need it is held against, and what it says of it."""

    id: UUID
    title: str
    verdict: str


class EvidenceFull(EvidenceOut):
    """A piece of evidence whole."""

    summary: str
    limits: str
    asked: int | None
    effective: float | None
    chosen: str
    asked_by: str
    how_asked: str
    covers: str
    citation: str
    withdrawn_why: str
    rests_on: str
    needs: list[HeldForOut]


class PerspectiveOut(Schema):
    """One perspective; `asked` is false where nothing stands from it."""

    perspective: str
    title: str
    asked: bool
    items: int
    best_grade: str | None
    newest: date | None


class StandsOut(Schema):
    """What one perspective says of a need; `not_asked` where nothing of it is held against it."""

    perspective: str
    support: str
    items: int


class NeedOut(Schema):
    """A need as its newest version says it."""

    id: UUID
    title: str
    statement: str
    side: str
    theme: str
    state: str
    version: int
    perspectives: list[StandsOut]
    signed: int
    to_sign: int
    objections: int


class HeldOut(Schema):
    """A piece of evidence held against the need."""

    item: UUID
    title: str
    perspective: str
    brought_by: str
    verdict: str
    n: str
    grade: str


class SeatOut(Schema):
    """An organisation that signs: `signed`, `objected` or empty, of the version shown."""

    organisation: str
    said: str
    at: datetime | None


class FrozenOut(Schema):
    """Evidence as it stood when the version was proposed; `ended` says what an agreement's end left of it."""

    title: str
    perspective: str
    brought_by: str
    verdict: str
    summary: str
    n: str
    withdrawn: bool
    ended: str


class NeedFull(NeedOut):
    """A need whole, without anybody's name; `next` is the page that goes on where more pieces are held."""

    who: str
    where: str
    what: str
    how_we_know: str
    support: str
    missing: str
    evidence: list[HeldOut]
    held: int
    frozen: list[FrozenOut]
    stood: int
    next: int | None
    seats: list[SeatOut]


@router.get(f"{BASE}/evidence", response={200: EvidencePageOut, 403: Refusal, 404: Refusal},
            summary="What partners heard, newest first")
def evidence(
    request: HttpRequest, partnership: UUID, perspective: Perspective | None = None, q: str = "",
    after: UUID | None = None,
) -> EvidencePageOut:
    """Up to 25 pieces that you may see; `q` keeps those with all its words in title or text."""
    viewer = _there(request, partnership)
    page = evidence_for(
        viewer, partnership, Purpose.ASSESSMENT, perspective=perspective, text=q.strip()[:100], after=after
    )
    return EvidencePageOut(items=[_piece(one) for one in page.lines], next=page.next)


@router.get(f"{BASE}/evidence/{{item}}", response={200: EvidenceFull, 403: Refusal, 404: Refusal},
            summary="One piece of evidence")
def one_evidence(request: HttpRequest, partnership: UUID, item: UUID) -> EvidenceFull:
    """What it says, how it was gathered, its grade with reasons, and the needs it is held against."""
    return _whole(evidence_item(_there(request, partnership), item, partnership=partnership))


@router.get(f"{BASE}/perspectives", response={200: list[PerspectiveOut], 403: Refusal, 404: Refusal},
            summary="Which of the four perspectives were heard")
def perspectives(request: HttpRequest, partnership: UUID) -> list[PerspectiveOut]:
    """Existing users, wider community, partners, providers; of what you may see."""
    return [
        PerspectiveOut(perspective=one.perspective, title=one.perspective.label, asked=not one.missing,
                       items=one.items, best_grade=one.best, newest=one.newest)
        for one in perspectives_of(_there(request, partnership), partnership)
    ]


@router.get(f"{BASE}/needs", response={200: list[NeedOut], 403: Refusal, 404: Refusal}, summary="Every need")
def needs(request: HttpRequest, partnership: UUID) -> list[NeedOut]:
    """Every need, with what each perspective says of it and how many have signed."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [NeedOut.model_validate(_card(one)) for one in needs_for(viewer, partnership)]


@router.get(f"{BASE}/needs/{{need}}", response={200: NeedFull, 403: Refusal, 404: Refusal}, summary="One need")
def one_need(request: HttpRequest, partnership: UUID, need: UUID, page: PageAsked = 1) -> NeedFull:
    """The statement, up to 500 pieces of the evidence held against it and as it stood, and who signed.

    Ask for the page that `next` names to read on, until it is empty; `held` and `stood` say how many there are.
    """
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return _need(need_for(viewer, partnership, need, pages=Pages(page, page, IN_ONE_GO)), page)


def _there(request: HttpRequest, partnership: UUID) -> Viewer:
    """Who asks, once they are known to be there and to see evidence or bring their own."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    may_see_evidence(viewer, partnership)
    return viewer


def _line(one: EvidenceLine) -> dict[str, object]:
    return {
        "id": one.id, "title": one.title, "brought_by": one.whose, "kind": one.kind,
        "perspective": one.perspective.value, "gathered": one.gathered, "answered": one.answered,
        "grade": one.grade.grade.value, "reasons": list(one.grade.quality.reasons),
        "may_not_conclude": list(one.grade.not_conclude), "placed": one.placed, "withdrawn": one.withdrawn,
    }


def _piece(one: EvidenceLine) -> EvidenceOut:
    return EvidenceOut.model_validate(_line(one))


def _whole(one: EvidenceDetail) -> EvidenceFull:
    return EvidenceFull.model_validate({
        **_line(one.line), "summary": one.summary, "limits": one.limits, "asked": one.asked,
        "effective": one.effective, "chosen": one.chosen, "asked_by": one.asked_by, "how_asked": one.how_asked,
        "covers": one.covers, "citation": one.citation, "withdrawn_why": one.withdrawn_why,
        "rests_on": one.rests_on,
        "needs": [{"id": need.id, "title": need.title, "verdict": need.verdict} for need in one.needs],
    })


def _card(one: NeedCard) -> dict[str, object]:
    return {
        "id": one.id, "title": one.title, "statement": one.statement, "side": one.side, "theme": one.theme,
        "state": one.state.value, "version": one.number, "signed": one.signed, "to_sign": one.to_sign,
        "objections": one.objections, "perspectives": [
            {"perspective": side.key, "support": side.support.value, "items": side.items} for side in one.strip
        ],
    }


def _need(one: NeedView, page: int) -> NeedFull:
    more = page * IN_ONE_GO < max(one.held, one.stood)
    return NeedFull.model_validate({
        **_card(one.card), "who": one.who, "where": one.where, "what": one.what, "how_we_know": one.how_we_know,
        "support": one.support, "missing": one.missing, "held": one.held, "stood": one.stood,
        "next": page + 1 if more else None,
        "evidence": [
            {"item": held.item, "title": held.title, "perspective": held.perspective,
             "brought_by": held.organisation, "verdict": held.verdict.value, "n": held.n,
             "grade": held.quality.grade.value}
            for held in one.evidence
        ],
        "frozen": [
            {"title": item.title, "perspective": item.perspective, "brought_by": item.organisation,
             "verdict": item.verdict.value, "summary": item.summary, "n": item.n, "withdrawn": item.withdrawn,
             "ended": item.ended}
            for item in one.frozen
        ],
        "seats": [{"organisation": seat.organisation, "said": seat.said, "at": seat.at} for seat in one.seats],
    })
