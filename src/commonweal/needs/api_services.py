"""What is provided, and where it parts from what is needed, as data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.pages.loading import partnership_assessment
from commonweal.needs.pages.services import services_view
from commonweal.needs.pages.spend_need import spend_view
from commonweal.needs.queries.mismatch import NeedServed, mismatch_for
from commonweal.needs.queries.services import ServiceCard, services_for
from commonweal.present.table import DataTable, Missing

router = Router(tags=["Needs and services"])
BASE = "/partnerships/{partnership}"


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


class AnswersOut(Schema):
    """How far a service answers a need: whole, part, none or unclear; `need_changed` where it was written anew."""

    need: UUID
    answers: str
    how_known: str
    on: date
    need_changed: bool


class ServiceOut(Schema):
    """One service as it was last said; `areas` is empty where it is for the whole place."""

    id: UUID
    name: str
    kind: str
    run_by: str
    for_whom: str
    areas: list[str]
    site: str
    themes: list[str]
    spend: Decimal | None
    spend_year: str
    spend_source: str
    since: int | None
    reason: str
    reason_words: str
    money_ends: date | None
    review: date | None
    would_justify: str
    asked_by: str
    answers: list[AnswersOut]


class NeedServedOut(Schema):
    """One need: whole, part, none or unknown; the services that answer it, and how many were not looked at."""

    id: UUID
    title: str
    served: str
    whole: list[UUID]
    part: list[UUID]
    not_looked_at: int


class MismatchOut(Schema):
    """Needs beside services, with the figures and tables of the pages and what may not be concluded."""

    answer: str
    spend_answer: str
    needs: list[NeedServedOut]
    services_without_needs: list[UUID]
    services_that_always_ran: list[UUID]
    figures: list[dict[str, Any]]
    tables: list[dict[str, Any]]
    cannot_conclude: list[str]


@router.get(f"{BASE}/services", response={200: list[ServiceOut], 403: Refusal, 404: Refusal},
            summary="What is provided")
def services(request: HttpRequest, partnership: UUID) -> list[ServiceOut]:
    """Every service that runs, by name."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [_service(one) for one in services_for(viewer, partnership)]


@router.get(f"{BASE}/mismatch", response={200: MismatchOut, 403: Refusal, 404: Refusal},
            summary="Where needs and services part")
def mismatch(request: HttpRequest, partnership: UUID) -> MismatchOut:
    """Needs without services, services without needs, what always ran, and spend beside need."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = mismatch_for(viewer, partnership)
    page = services_view(found, view)
    spend = spend_view(found, partnership_assessment(viewer, [one.code for one in view.places if one.code]), view)
    return MismatchOut(
        answer=page.answer, spend_answer=spend.answer, needs=[_need(one) for one in found.needs],
        services_without_needs=[one.id for one in found.without],
        services_that_always_ran=[one.id for one in found.continuing],
        figures=[{"label": one.label, **one.figure.as_data()} for one in (*page.figures, *spend.figures)],
        tables=[_table(one) for one in spend.tables], cannot_conclude=list(spend.cannot),
    )


def _service(one: ServiceCard) -> ServiceOut:
    return ServiceOut(
        id=one.id, name=one.name, kind=one.kind.value, run_by=one.run_by, for_whom=one.groups,
        areas=list(one.area_names), site=one.site, themes=list(one.themes), spend=one.spend, spend_year=one.year,
        spend_source=one.spend_source, since=one.since, reason=one.reason.value, reason_words=one.reason_words,
        money_ends=one.money_ends, review=one.review, would_justify=one.would_justify, asked_by=one.asked_by,
        answers=[AnswersOut(need=each.need, answers=each.answers.value, how_known=each.how_known, on=each.on,
                            need_changed=each.stale) for each in one.judged],
    )


def _need(one: NeedServed) -> NeedServedOut:
    return NeedServedOut(
        id=one.id, title=one.title, served=one.served.value, whole=[each.id for each in one.whole],
        part=[each.id for each in one.part], not_looked_at=one.open,
    )


def _table(table: DataTable) -> dict[str, Any]:
    return {
        "title": table.caption, "columns": [column.title for column in table.columns],
        "rows": [[str(cell) if isinstance(cell, Missing) else cell for cell in row] for row in table.rows],
        "notes": list(table.notes), "source": table.source,
    }
