"""Returns as they stand and a year's use, in the data interface."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core import clock
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.measures.queries.returns import returns_for
from commonweal.measures.queries.sheet import Sheet, return_row, sheet_of
from commonweal.measures.queries.use import UseLine, use_for

router = Router(tags=["Returns"])


class ReturnRefusal(Schema):
    """Why not, in a sentence."""

    detail: str


class ReturnOut(Schema):
    """One return in the list."""

    id: UUID
    title: str
    provider: str
    period: str
    due: date
    sent_at: datetime | None
    receipt: str
    late: bool
    unlikely: int


class AnswerOut(Schema):
    """One answer, or why there is none; `value` is a whole number, pounds as text, words, or parts by key.

    `parts` names the keys of a question by parts; `number` counts the saves of the answer.
    """

    question: str
    asks: str
    value: Any
    cannot: str
    number: int
    parts: dict[str, str]


class SheetOut(Schema):
    """One return whole: counts of the provider's own making, unchecked."""

    id: UUID
    title: str
    provider: str
    first: date
    last: date
    due: date
    tier: int
    sent_at: datetime | None
    receipt: str
    nothing: bool
    answers: list[AnswerOut]
    unlikely: list[str]


class UseLineOut(Schema):
    """One agreement's year. Different people are bounds: they are never added."""

    agreement: UUID
    title: str
    provider: str
    returns: int
    sessions: int | None
    attendances: int | None
    people_at_least: int | None
    people_at_most: int | None
    asked: int | None
    answered: int | None
    satisfied: int | None
    different: int | None
    difference: str


class UseOut(Schema):
    """A financial year's use of all agreements that told it."""

    year: str
    attendances: int
    people_at_least: int
    people_at_most: int
    agreements: list[UseLineOut]
    silent: list[str]


REFUSALS: dict[int, Any] = {403: ReturnRefusal, 404: ReturnRefusal}


@router.get("/partnerships/{partnership}/returns", response={200: list[ReturnOut], **REFUSALS},
            summary="Every return and whether it came")
def returns_list(request: HttpRequest, partnership: UUID) -> list[ReturnOut]:
    """Those that are open first, the earliest due first; no contact is named."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = returns_for(viewer, partnership)
    names = ("id", "title", "provider", "period", "due", "sent_at", "receipt", "late", "unlikely")
    return [ReturnOut(**{name: getattr(one, name) for name in names}) for one in (*found.open, *found.sent)]


@router.get("/partnerships/{partnership}/returns/{returned}", response={200: SheetOut, **REFUSALS},
            summary="One return with its answers")
def return_one(request: HttpRequest, partnership: UUID, returned: UUID) -> SheetOut:
    """Its answers as they stand today."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return sheet_out(sheet_of(return_row(viewer, partnership, returned), clock.today()))


def sheet_out(sheet: Sheet) -> SheetOut:
    """A return as the interface shows it."""
    names = ("id", "title", "provider", "first", "last", "due", "tier", "sent_at", "receipt", "nothing")
    answers = [AnswerOut(question=one.asked.key, asks=one.asked.words, value=one.value, cannot=one.cannot,
                         number=one.number, parts=dict(one.asked.parts)) for one in sheet.answers]
    return SheetOut(**{name: getattr(sheet, name) for name in names}, answers=answers,
                    unlikely=[one.words for one in sheet.found])


@router.get("/partnerships/{partnership}/use", response={200: UseOut, **REFUSALS},
            summary="A financial year's use and satisfaction")
def use_of_year(request: HttpRequest, partnership: UUID, year: str = "") -> UseOut:
    """The year asked for, such as 2025-26; the last that is over where nothing is told of that one."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    use = use_for(viewer, partnership, year)
    least, most = use.people
    return UseOut(year=use.year, attendances=use.attendances, people_at_least=least, people_at_most=most,
                  agreements=[_line(one) for one in use.lines], silent=list(use.silent))


def _line(one: UseLine) -> UseLineOut:
    names = ("agreement", "title", "provider", "returns", "sessions", "attendances", "asked", "answered",
             "satisfied", "different", "difference")
    low, high = one.people or (None, None)
    return UseLineOut(**{name: getattr(one, name) for name in names}, people_at_least=low, people_at_most=high)
