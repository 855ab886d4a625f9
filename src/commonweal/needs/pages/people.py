"""Who lives here, one characteristic after another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commonweal.core.figure import Figure
from commonweal.needs.assessment import Assessment, PeopleTable
from commonweal.needs.pages.links import Addresses, Item
from commonweal.needs.pages.overview import Labelled
from commonweal.needs.pictures import age_chart
from commonweal.present.chart import Chart
from commonweal.present.provenance import citation, short_citation
from commonweal.present.table import Cell, Column, DataTable, Missing, number_column, text_column

AGES = "ages"


@dataclass(frozen=True, slots=True)
class PeoplePart:
    """One characteristic on the page."""

    key: str
    title: str
    sentence: str
    chart: Chart | None
    table: DataTable
    figures: tuple[Labelled, ...]
    downloads: tuple[Item, ...]


def cell(figure: Figure | None) -> Cell:
    """A figure as a cell of a table."""
    if figure is None:
        return Missing("no comparator")
    return Missing(figure.missing) if figure.value is None else figure.value


def number_of(figure: Figure, title: str) -> Column:
    """A column in the unit of a figure."""
    return number_column(title, figure.unit, figure.decimals)


def people_table(part: PeopleTable) -> DataTable:
    """Groups with their number, their share, and the share they are set beside."""
    first = part.rows[0]
    columns = [text_column("Group"), number_of(first.count, "Number")]
    columns.append(number_of(first.share, first.share.place.name))
    comparator = next((row.comparator for row in part.rows if row.comparator), None)
    if comparator:
        columns.append(number_of(comparator, comparator.place.name))
    rows = tuple(
        (row.group, cell(row.count), cell(row.share), *((cell(row.comparator),) if comparator else ()))
        for row in part.rows
    )
    notes = (f"Of {first.share.base}, {first.share.period}.",)
    title = f"{part.title} in {first.share.place.name}"
    return DataTable(title, tuple(columns), rows, notes, citation(first.count.source), key=part.key)


def people_parts(assessment: Assessment, code: str) -> tuple[PeoplePart, ...]:
    """Every characteristic known."""
    to = Addresses(code)
    return tuple(
        PeoplePart(
            key=part.key, title=part.title, sentence=part.sentence,
            chart=age_chart(assessment) if part.key == AGES else None,
            table=replace(people_table(part), source=short_citation(part.rows[0].count.source)),
            figures=tuple(Labelled(row.share, row.group) for row in part.rows),
            downloads=(Item("This table", to.table(part.key), detail="CSV"),),
        )
        for part in assessment.people if part.rows
    )
