"""The assessment as a workbook: contents, notes, then one table a sheet, numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from commonweal.core.figure import Figure, Unit
from commonweal.needs.assessment import Assessment, Measure
from commonweal.needs.content import read
from commonweal.needs.documents import tables
from commonweal.needs.documents.agreed import agreed_table, note_of, statement_table
from commonweal.needs.documents.chapter import status_of
from commonweal.needs.documents.tables import cell, col, num
from commonweal.needs.documents.words import word, words
from commonweal.present import wording
from commonweal.present.document import Status
from commonweal.present.status import LABEL, MEANING
from commonweal.present.table import Cell, Column, DataTable, Kind, Missing
from commonweal.present.workbook import Workbook


def workbook(made: Assessment) -> Workbook:
    """Every number of the assessment, with what makes it honest beside it."""
    status = status_of(made)
    notes = (MEANING[status], *words("workbook.notes"), note_of(made), made.selection_rule, *made.notes)
    sheets = (
        *_agreed(made), _findings(made), _measures(made), _comparators(made), _trends(made), _people(made),
        _areas(made), tables.provision_table(made.provision), _places(made), tables.missed_table(made.missed),
        tables.gaps_table(made.gaps), tables.grades_table(made), _index(made), _sources(made),
    )
    return Workbook(
        f"{word('workbook.title', place=made.place.name)} ({LABEL[status].lower()})", made.headline, notes,
        tuple(_marked(sheet, status) for sheet in sheets if sheet.rows),
    )


def _agreed(made: Assessment) -> tuple[DataTable, ...]:
    """What the partners agreed, where the assessment is opened inside their partnership."""
    return (agreed_table(made.agreed), statement_table(made.agreed)) if made.agreed else ()


def _marked(sheet: DataTable, status: Status) -> DataTable:
    """Invented figures say so on every sheet, since a sheet is often copied alone."""
    return replace(sheet, caption=f"{sheet.caption} (invented)") if status is Status.INVENTED else sheet


def _title(key: str) -> str:
    return word(f"workbook.sheets.{key}")


def _findings(made: Assessment) -> DataTable:
    columns = (col("finding"), col("measure"), num("distance", decimals=2), num("certainty", decimals=2),
               num("size", decimals=2), num("trend", decimals=2), num("score", decimals=2), col("why"))
    rows = tuple(
        (each.headline, each.card or Missing("small areas"), each.distance, each.certainty, each.size, each.trend,
         each.score, each.why_chosen)
        for each in made.findings
    )
    return DataTable(_title("findings"), columns, rows, key="findings")


_FIGURE = ("place", "period", "value", "lower", "upper", "n", "unit", "base", "quality", "method", "source")


def _figure_columns() -> tuple[Column, ...]:
    numbers = {"value": 4, "lower": 4, "upper": 4, "n": 0}
    return tuple(num(key, decimals=numbers[key]) if key in numbers else col(key) for key in _FIGURE)


def _figure_cells(figure: Figure) -> tuple[Cell, ...]:
    return (
        figure.place.name, figure.period, _round(figure, figure.value), _round(figure, figure.lower),
        _round(figure, figure.upper), figure.n if figure.n is not None else Missing("not published"),
        wording.UNIT_WORDS[figure.unit], figure.base, figure.quality.grade.value, figure.method,
        figure.source.dataset,
    )


def _round(figure: Figure, value: float | None) -> Cell:
    if value is None:
        return Missing(figure.missing or "not published")
    return round(value, max(figure.decimals, 1) + 2)


def _all(made: Assessment) -> Iterable[tuple[str, Measure]]:
    for theme in made.themes:
        for measure in theme.measures:
            yield theme.title, measure


def _measures(made: Assessment) -> DataTable:
    columns = (col("theme"), col("measure"), *_figure_columns())
    rows = tuple((title, measure.name, *_figure_cells(measure.figure)) for title, measure in _all(made))
    return DataTable(_title("measures"), columns, rows, key="measures")


def _comparators(made: Assessment) -> DataTable:
    columns = (col("measure"), *_figure_columns(), num("distance", decimals=4), col("standing"))
    rows = tuple(
        (measure.name, *_figure_cells(each.figure),
         Missing("not known") if each.difference is None else round(each.difference, 4),
         word(f"directions.{each.direction.value}"))
        for _, measure in _all(made) for each in measure.comparisons
    )
    return DataTable(_title("comparators"), columns, rows, key="comparators")


def _trends(made: Assessment) -> DataTable:
    columns = (col("measure"), *_figure_columns())
    rows = tuple(
        (measure.name, *_figure_cells(figure))
        for _, measure in _all(made) if measure.trend
        for figure in (*measure.trend.figures, *measure.trend.england)
    )
    return DataTable(_title("trends"), columns, rows, key="trends")


def _people(made: Assessment) -> DataTable:
    columns = (
        col("theme"), col("group"), num("number"), num("share", Unit.PERCENT, 1), num("england", Unit.PERCENT, 1),
        col("period"), col("source"),
    )
    rows = tuple(
        (table.title, row.group, cell(row.count), cell(row.share), cell(row.comparator), row.count.period,
         row.count.source.dataset)
        for table in made.people for row in table.rows
    )
    return DataTable(_title("people"), columns, rows, key="people")


def _areas(made: Assessment) -> DataTable:
    keys = [key for key, _ in made.weights]
    shown = tables.areas_table(made.small_areas, _title("areas"), whole=True)
    parts = tuple(Column(title, Kind.NUMBER, decimals=1) for title in domain_titles(keys))
    rows = tuple(
        (*row, *(dict(area.parts).get(key, Missing("not held")) for key in keys))
        for row, area in zip(shown.rows, made.small_areas, strict=True)
    )
    return DataTable(_title("areas"), (*shown.columns, *parts), rows, source=shown.source, key="small-areas")


def domain_titles(keys: list[str]) -> list[str]:
    """The titles of the index's domains."""

    titles = {row["key"]: row["title"] for row in read("index")["domains"]}
    return [titles.get(key, key) for key in keys]


def _places(made: Assessment) -> DataTable:
    columns = (col("kind"), col("name"), col("postcode"), col("status"))
    rows = tuple(
        (one.name, name, postcode or Missing("not published"), status)
        for one in made.provision for name, postcode, status in one.items
    )
    return DataTable(_title("places"), columns, rows, key="places")


def _index(made: Assessment) -> DataTable:
    columns = (col("domain"), num("weight", decimals=3))
    titles = domain_titles([key for key, _ in made.weights])
    rows = tuple((title, weight) for title, (_, weight) in zip(titles, made.weights, strict=True))
    return DataTable(_title("index"), columns, rows, key="index")


def _sources(made: Assessment) -> DataTable:
    keys = ("source", "title", "publisher", "period", "licence", "attribution", "address", "version")
    columns = tuple(col(key) for key in keys)
    rows = tuple(
        (one.dataset, one.title, one.publisher, one.published, one.licence, one.attribution, one.address,
         one.version)
        for one in made.sources
    )
    return DataTable(_title("sources"), columns, rows, key="sources")
