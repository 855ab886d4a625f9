"""Money, risk, size, budgets and votes as data: what their pages say, sentence by sentence and table by table."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.options.pages.budget import allocation_told, vote_told
from commonweal.options.pages.money import money_told
from commonweal.options.pages.risk import risk_told
from commonweal.options.pages.scale import scale_told
from commonweal.options.pages.told import Told
from commonweal.options.queries.budget import allocation_for, vote_for
from commonweal.options.queries.money import sheet_for
from commonweal.options.queries.overview import overview_for
from commonweal.options.queries.risk import case_for
from commonweal.options.queries.scale import set_for
from commonweal.present.table import DataTable

router = Router(tags=["Money and risk"])


class MoneyRefusal(Schema):
    """Why not, in a sentence."""

    detail: str


class MoneyRow(Schema):
    """One thing, and the address of its page."""

    part: str
    title: str
    page: str


class MoneyTable(Schema):
    """A table; a cell that is not known says why in words."""

    caption: str
    columns: list[str]
    rows: list[list[str | float | int]]
    notes: list[str]


class MoneySection(Schema):
    """A part of a page."""

    heading: str
    words: list[str]
    tables: list[MoneyTable]


class MoneyTold(Schema):
    """What a page says: the answer, why, and what it cannot tell."""

    title: str
    kind: str
    answer: str
    sections: list[MoneySection]
    cannot_tell: list[str]


GIVES = {200: MoneyTold, 403: MoneyRefusal, 404: MoneyRefusal}


@router.get("/partnerships/{partnership}/money",
            response={200: list[MoneyRow], 403: MoneyRefusal, 404: MoneyRefusal}, summary="What there is of money")
def money(request: HttpRequest, partnership: UUID) -> list[MoneyRow]:
    """Every sheet, contract, set of comparators, budget and vote that the asker sees."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [
        MoneyRow(part=part.title, title=row.title, page=row.href)
        for part in overview_for(viewer, partnership) for row in part.rows
    ]


@router.get("/partnerships/{partnership}/money/options/{sheet}", response=GIVES, summary="Options in pounds")
def money_options(request: HttpRequest, partnership: UUID, sheet: UUID) -> MoneyTold:
    """Options beside one another."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return told_out(money_told(sheet_for(viewer, partnership, sheet)))


@router.get("/partnerships/{partnership}/money/risk/{case}", response=GIVES, summary="Who carries the risk")
def money_risk(request: HttpRequest, partnership: UUID, case: UUID) -> MoneyTold:
    """A contract drawn many times over."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return told_out(risk_told(case_for(viewer, partnership, case)))


@router.get("/partnerships/{partnership}/money/size/{within}", response=GIVES, summary="Whether size matters")
def money_size(request: HttpRequest, partnership: UUID, within: UUID) -> MoneyTold:
    """What comparators say."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return told_out(scale_told(set_for(viewer, partnership, within)))


@router.get("/partnerships/{partnership}/money/budget/{allocation}", response=GIVES, summary="A budget shared out")
def money_budget(request: HttpRequest, partnership: UUID, allocation: UUID) -> MoneyTold:
    """The sets that are best for a budget."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return told_out(allocation_told(allocation_for(viewer, partnership, allocation)))


@router.get("/partnerships/{partnership}/money/vote/{vote}", response=GIVES, summary="A public vote")
def money_vote(request: HttpRequest, partnership: UUID, vote: UUID) -> MoneyTold:
    """A vote, its rule and what came of it."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return told_out(vote_told(vote_for(viewer, partnership, vote)))


def told_out(told: Told) -> MoneyTold:
    """A page as data."""
    sections = [
        MoneySection(heading=one.heading, words=list(one.words), tables=[_table(each) for each in one.tables])
        for one in told.sections
    ]
    return MoneyTold(title=told.title, kind=told.kind, answer=told.answer, sections=sections,
                     cannot_tell=list(told.unknown))


def _table(table: DataTable) -> MoneyTable:
    rows = [
        [cell.isoformat() if isinstance(cell, date) else cell if isinstance(cell, int | float) else str(cell)
         for cell in row] for row in table.rows
    ]
    return MoneyTable(caption=table.caption, columns=[one.title for one in table.columns], rows=rows,
                      notes=list(table.notes))
