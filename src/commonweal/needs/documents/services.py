"""Needs beside services as an annex to any paper, and its tables as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from commonweal.core.queries.partnerships import PartnershipView
from commonweal.needs.pages.services import (
    Recorded,
    ServicesView,
    cost_of,
    services_table,
    services_view,
    words,
)
from commonweal.needs.pages.spend_need import SpendView
from commonweal.needs.queries.mismatch import Mismatch
from commonweal.present.document import (
    Block,
    BulletList,
    Callout,
    Document,
    FigureBlock,
    Heading,
    Paragraph,
    Status,
    Strong,
    TableBlock,
)
from commonweal.present.table import DataTable, text_column
from commonweal.present.workbook import Workbook


def services_annex(found: Mismatch, spend: SpendView, view: PartnershipView, day: date) -> Document:
    """The answer, both lists, what always ran, the matrix, spend beside need, and how it was made."""
    page = services_view(found, view)
    return Document(
        title=words()["annex"], subtitle=words()["title"],
        status=Status.INVENTED if view.invented else Status.DRAFT, place=view.name, date=day,
        blocks=tuple(_blocks(found, page, spend)), sources=(Recorded(view, found.services).source,),
        summary=page.answer, made_by=view.name, brief=True, explain=False,
    )


def services_workbook(found: Mismatch, spend: SpendView, view: PartnershipView, day: date) -> Workbook:
    """Every service, the matrix and spend beside need, a sheet each."""
    page = services_view(found, view)
    matrix = (page.matrix,) if page.matrix else ()
    said = " (invented)" if view.invented else ""
    return Workbook(
        f"{words()['annex']}{said}", page.answer, (words()["method"], *spend.cannot),
        (services_table(found), *matrix, *spend.tables), made_by=view.name, date=day,
    )


def _blocks(found: Mismatch, page: ServicesView, spend: SpendView) -> Iterable[Block]:
    said = words()
    yield Paragraph((page.answer,), lead=True)
    for key, lines in (("unserved", page.unserved), ("without", page.without)):
        yield Heading(said[key]["title"])
        if lines:
            yield BulletList(tuple((Strong(f"{one.title}. "), one.says) for one in lines))
        else:
            yield Paragraph((said[key]["all"],))
    yield Callout(said["careful"], (said["without"]["cannot"],))
    yield Heading(said["continues"]["title"])
    yield Paragraph((page.continues,))
    if page.continuing:
        yield TableBlock(_continuing(page))
    yield Heading(said["matrix"])
    yield TableBlock(_short(found))
    if page.matrix:
        yield TableBlock(page.matrix)
    yield Heading(said["spend"]["title"])
    yield Paragraph((spend.answer,))
    for part in spend.parts:
        if part.chart is not None:
            yield FigureBlock(part.chart, share=0.7)
        for line in part.says:
            yield Paragraph((line,))
        if part.table is not None:
            yield TableBlock(part.table)
    yield Callout(said["careful"], (" ".join(spend.cannot),))
    yield Heading(said["how"])
    yield Paragraph((said["method"],))


def _continuing(page: ServicesView) -> DataTable:
    said = words()["continues"]
    rows = tuple(
        (one.card.name, str(one.card.since or ""), one.cost, one.says, one.card.review or "")
        for one in page.continuing
    )
    return DataTable(said["title"], tuple(text_column(one) for one in said["columns"]), rows, key="continues")


def _short(found: Mismatch) -> DataTable:
    rows = tuple((one.name, one.run_by, cost_of(one), one.reason.label) for one in found.services)
    return DataTable("Services", tuple(text_column(one) for one in words()["short"]), rows, key="services")
