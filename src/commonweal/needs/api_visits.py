"""Who benefits as data: the same figures and tables as the page, to whoever may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.pages.benefit import benefit_view, figures_of, money_figures, tables_of
from commonweal.needs.queries.benefit import benefit_for
from commonweal.needs.queries.visits import systems_for
from commonweal.present.table import Missing

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
        tables=[
            TableOut(
                title=table.caption, columns=[column.title for column in table.columns], notes=list(table.notes),
                rows=[[str(cell) if isinstance(cell, Missing) else cell for cell in row] for row in table.rows],
                source=table.source,
            ) for table in tables_of(found)
        ],
    )
