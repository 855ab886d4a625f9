"""Who benefits as data: the same figures and tables as the page, to whoever may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.methods.whatif import Trade
from commonweal.needs.pages.benefit import benefit_view, figures_of, money_figures, tables_of
from commonweal.needs.pages.what_if import what_if_view
from commonweal.needs.pages.what_if_trade import rests, trade_said
from commonweal.needs.pages.what_if_words import tens, thousands
from commonweal.needs.queries.benefit import benefit_for
from commonweal.needs.queries.visits import systems_for
from commonweal.needs.queries.what_if import asked_for, what_if
from commonweal.policy.price_answers import price_answers
from commonweal.present.table import DataTable, Missing

router = Router(tags=["Who benefits"])
BASE = "/partnerships/{partnership}/visits"


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


class SystemOut(Schema):
    """A system whose visits are held."""

    id: UUID
    title: str
    organisation: str
    shown_to_partners: bool


class TableOut(Schema):
    """One table; a cell that is missing is the words why."""

    title: str
    columns: list[str]
    rows: list[list[Any]]
    notes: list[str]
    source: str


class BenefitOut(Schema):
    """Who benefits in one financial year."""

    system: UUID
    year: str
    months: int
    answer: str
    certain: str
    figures: list[dict[str, Any]]
    tables: list[TableOut]


class AskedIn(Schema):
    """What is asked; what makes no sense is as on the page at first."""

    everybody: str = ""
    in_need: str = ""
    tenths: str = ""


class AnswerOut(Schema):
    """One answer to a price: per cent more people, and more visits a person, for 1 per cent on the price."""

    title: str
    people: float
    visits: float


class TradeOut(Schema):
    """One pair of prices, as multiples of today's; the least and the most are under weak to strong answers."""

    everybody: float
    in_need: float
    needs_led: bool
    income: float
    income_least: float
    income_most: float
    people_in_need: float
    people_in_need_least: float
    people_in_need_most: float


class WhatIfOut(Schema):
    """A scenario, not a forecast; `assumption` says why where none can be given, and nothing is listed."""

    system: UUID
    year: str
    answer: str
    holds: str
    tables: list[TableOut]
    trade_said: str
    trade: list[TradeOut]
    assumption: str
    verification: str
    answers: list[AnswerOut]
    rests_on: list[str]


@router.get(BASE, response={200: list[SystemOut], 403: Refusal, 404: Refusal}, summary="Systems with visits")
def visit_systems(request: HttpRequest, partnership: UUID) -> list[SystemOut]:
    """One's own organisation's systems, and those whose results others have shown."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = systems_for(viewer, partnership)
    return [
        SystemOut(id=one.id, title=one.title, organisation=one.whose, shown_to_partners=one.placed)
        for one in found if one.read
    ]


@router.get(
    f"{BASE}/{{system}}", response={200: BenefitOut, 403: Refusal, 404: Refusal}, summary="Who benefits",
)
def who_benefits(request: HttpRequest, partnership: UUID, system: UUID, year: int | None = None) -> BenefitOut:
    """One year of a system; `year` is the one in which the financial year begins."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = benefit_for(viewer, partnership, system, year)
    view = benefit_view(found)
    labelled = (*figures_of(found), *money_figures(found))
    return BenefitOut(
        system=system, year=found.summary.label, months=len(found.summary.months), answer=view.answer,
        certain=view.sure, figures=[{"label": one.label, **one.figure.as_data()} for one in labelled],
        tables=[_table(table) for table in tables_of(found)],
    )


@router.get(
    f"{BASE}/{{system}}/what-if", response={200: WhatIfOut, 403: Refusal, 404: Refusal},
    summary="What if the price were another",
)
def what_if_prices(
    request: HttpRequest, partnership: UUID, system: UUID, year: int | None = None,
    asked: AskedIn = Query(...),  # noqa: B008
) -> WhatIfOut:
    """The scenario of the page: per cent on the price for all, and in so many of the most deprived tenths."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = benefit_for(viewer, partnership, system, year)
    chosen = asked_for(asked.everybody, asked.in_need, asked.tenths)
    made, held = what_if(found, chosen), price_answers()
    view = what_if_view(found, chosen, made)
    both = (*made.universal, *made.needs_led) if made else ()
    return WhatIfOut(
        system=system, year=found.summary.label, answer=view.answer, holds=view.sure,
        tables=[_table(table) for table in (view.table, view.prices) if table is not None],
        trade_said=trade_said(made) if made else "", trade=[_trade(one) for one in both],
        assumption=view.assumption, verification=held.verification, rests_on=list(rests()),
        answers=[AnswerOut(title=one.title, people=one.people, visits=one.visits) for one in held.answers],
    )


def _trade(one: Trade) -> TradeOut:
    income, people = [thousands(value) for value in one.income], [tens(value) for value in one.reached]
    return TradeOut(
        everybody=one.everybody, in_need=one.in_need, needs_led=not one.universal, income=income[0],
        income_least=min(income), income_most=max(income), people_in_need=people[0],
        people_in_need_least=min(people), people_in_need_most=max(people),
    )


def _table(table: DataTable) -> TableOut:
    return TableOut(
        title=table.caption, columns=[column.title for column in table.columns], notes=list(table.notes),
        rows=[[str(cell) if isinstance(cell, Missing) else cell for cell in row] for row in table.rows],
        source=table.source,
    )
