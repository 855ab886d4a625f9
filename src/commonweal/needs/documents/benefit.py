"""Who benefits on one sheet of A4, and its tables as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from commonweal.needs.content import read
from commonweal.needs.pages.benefit import BenefitView, tables_of
from commonweal.needs.queries.benefit import Benefit
from commonweal.present.document import Block, Document, FigureBlock, Heading, Paragraph, Status
from commonweal.present.workbook import Workbook


def benefit_page(found: Benefit, view: BenefitView, day: date) -> Document:
    """The page as a document of one A4 sheet."""
    titles = read("benefit")["titles"]
    status = Status.INVENTED if found.system.partnership.invented else Status.DRAFT
    return Document(
        title=f"{titles['lead']}: {found.system.title}, {found.summary.label}",
        subtitle=f"{found.system.organisation.name}, {found.place}", status=status, place=found.place, date=day,
        blocks=tuple(_blocks(view)), sources=(found.source,), summary=view.answer,
        made_by=found.system.organisation.name, brief=True, one_page=True, explain=False,
    )


def benefit_workbook(found: Benefit, view: BenefitView, day: date) -> Workbook:
    """Every table of the page, one a sheet, with how they were made."""
    said = " (invented)" if found.system.partnership.invented else ""
    return Workbook(
        f"{read('benefit')['titles']['lead']}: {found.system.title}, {found.summary.label}{said}", view.answer,
        (view.sure, *view.method), tuple(replace(one, caption=f"{one.caption}{said}") for one in tables_of(found)),
        made_by=found.system.organisation.name, date=day,
    )


def _blocks(view: BenefitView) -> Iterable[Block]:
    titles = read("benefit")["titles"]
    yield Paragraph((view.answer,), lead=True)
    yield Heading(titles["people"])
    yield Paragraph((" ".join(view.people),))
    yield Heading(titles["reach"])
    yield Paragraph((" ".join(view.reach),))
    if view.reached is not None:
        yield FigureBlock(view.reached, share=0.6)
    yield Heading(titles["money"])
    yield Paragraph((" ".join(view.money),))
    yield Heading(titles["sure"])
    yield Paragraph((view.sure,))
