"""Ambitions as data: an answer always holds both sides, and no parameter leaves one out."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.queries.ambition_case import Case, CaseSide, Line, case_for
from commonweal.needs.queries.ambitions import AmbitionCard, ambitions_for

router = Router(tags=["From an ambition"])
BASE = "/partnerships/{partnership}/ambitions"


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


class AmbitionOut(Schema):
    """An aim as its newest version says it."""

    id: UUID
    aim: str
    who: str
    place: str
    place_code: str
    theme: str
    said_by: str
    organisation: str
    version: int
    state: str


class LineOut(Schema):
    """One thing found: evidence, a stated need, a published figure or research."""

    kind: str
    key: str
    title: str
    says: str
    why: str
    whose: str
    grade: str | None
    reasons: list[str]
    when: date | None
    limits: str
    figure: dict[str, Any] | None


class SideOut(Schema):
    """A side; where nothing stands on it the sentence says that this is no evidence of absence."""

    sentence: str
    lines: list[LineOut]


class CaseOut(AmbitionOut):
    """Both sides and all else that was found."""

    on: date
    summary: list[str]
    supporting: SideOut
    opposing: SideOut
    both_ways: list[LineOut]
    silent: list[LineOut]
    not_read: list[LineOut]
    not_read_more: int
    not_measured: list[str]
    searched: list[str]
    terms: str


@router.get(BASE, response={200: list[AmbitionOut], 403: Refusal, 404: Refusal}, summary="Every ambition")
def ambitions(request: HttpRequest, partnership: UUID) -> list[AmbitionOut]:
    """Every ambition, open ones first. What speaks for one and against it comes with each by itself."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [AmbitionOut.model_validate(_card(one)) for one in ambitions_for(viewer, partnership)]


@router.get(f"{BASE}/{{ambition}}", response={200: CaseOut, 403: Refusal, 404: Refusal},
            summary="One ambition, with what speaks for it and against it")
def one_ambition(request: HttpRequest, partnership: UUID, ambition: UUID) -> CaseOut:
    """Both sides, graded by one rule; what was found and not read; what nobody has measured; what was searched."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return _case(case_for(viewer, partnership, ambition))


def _card(one: AmbitionCard) -> dict[str, object]:
    return {
        "id": one.id, "aim": one.aim, "who": one.who, "place": one.place_name, "place_code": one.place_code,
        "theme": one.theme, "said_by": one.said_by, "organisation": one.organisation, "version": one.number,
        "state": one.state.value,
    }


def _case(case: Case) -> CaseOut:
    return CaseOut.model_validate({
        **_card(case.card), "on": case.on, "summary": list(case.summary), "supporting": _side(case.supporting),
        "opposing": _side(case.opposing), "both_ways": [_line(one) for one in case.both_ways],
        "silent": [_line(one) for one in case.silent], "not_read": [_line(one) for one in case.unread],
        "not_read_more": case.unread_more, "not_measured": list(case.unmeasured), "searched": list(case.searched),
        "terms": case.terms,
    })


def _side(side: CaseSide) -> dict[str, object]:
    return {"sentence": side.sentence, "lines": [_line(one) for one in side.lines]}


def _line(line: Line) -> dict[str, object]:
    return {
        "kind": line.kind.value, "key": line.key, "title": line.title, "says": line.says, "why": line.why,
        "whose": line.whose, "grade": line.quality.grade.value if line.quality else None,
        "reasons": list(line.quality.reasons) if line.quality else [], "when": line.when, "limits": line.limits,
        "figure": line.figure.as_data() if line.figure else None,
    }
