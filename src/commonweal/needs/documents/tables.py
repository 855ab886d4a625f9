"""The tables of an assessment, as chapter, workbook and pages show them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from commonweal.core.figure import Figure, Unit
from commonweal.needs.assessment import (
    Assessment,
    Gap,
    Measure,
    MissedGroup,
    PeopleTable,
    Provision,
    SmallArea,
    Theme,
)
from commonweal.needs.documents.words import word
from commonweal.needs.wording import say
from commonweal.present import provenance, wording
from commonweal.present.table import Cell, Column, DataTable, Missing, number_column, text_column


def col(key: str) -> Column:
    """A column of words."""
    return text_column(word(f"columns.{key}"))


def num(key: str, unit: Unit | None = None, decimals: int = 0) -> Column:
    """A column of numbers."""
    return number_column(word(f"columns.{key}"), unit, decimals)


def cell(figure: Figure | None) -> Cell:
    """A figure's value as a number, or why there is none."""
    if figure is None:
        return Missing("not published")
    return figure.value if figure.value is not None else Missing(figure.missing)


def said(figure: Figure | None) -> Cell:
    """A figure as words, for columns of mixed units."""
    if figure is None or figure.value is None:
        return Missing(figure.missing if figure else "not published")
    return wording.bare(figure)


def theme_table(theme: Theme, place: str) -> DataTable:
    """The measures of a theme: here, England, similar places, standing, change and grade."""
    keys = ("measure", "here", "england", "neighbours", "standing", "change", "period", "quality")
    columns = tuple(col(key) for key in keys)
    return DataTable(
        say("table.theme", title=theme.title, place=place), columns,
        tuple(_measure_row(measure) for measure in theme.measures),
        notes=tuple(_notes(theme.measures)), key=f"theme-{theme.key}",
    )


def _measure_row(measure: Measure) -> tuple[Cell, ...]:
    england, neighbours = beside(measure, "country"), beside(measure, "neighbours")
    return (
        _named(measure), said(measure.figure), said(england), said(neighbours),
        word(f"directions.{measure.standing.value}"), _change(measure),
        _period(measure.figure), measure.figure.quality.grade.value,
    )


_WITH_UNIT = {Unit.KILOMETRES, Unit.RATE_1000, Unit.RATE_100000, Unit.MEAN_0_10, Unit.YEARS, Unit.SCORE}


def _named(measure: Measure) -> str:
    """A measure's name, with its unit where the number does not carry one."""
    if measure.figure.unit not in _WITH_UNIT:
        return measure.name
    return say("table.unit", name=measure.name, unit=wording.UNIT_WORDS[measure.figure.unit])


def beside(measure: Measure, kind: str) -> Figure | None:
    """The figure of one kind of comparator: country, region or neighbours."""
    return next((each.figure for each in measure.comparisons if each.figure.place.kind == kind), None)


_EDITION = re.compile(r"\d{4} \(data of (.+)\)")


def _period(figure: Figure) -> str:
    """When the data is of, short enough for a narrow column: the edition is named among the sources."""
    found = _EDITION.fullmatch(figure.period)
    return found[1] if found else figure.period


def _change(measure: Measure) -> Cell:
    if measure.trend is None or measure.figure.value is None:
        return Missing("no series")
    return word(f"changes.{measure.trend.direction.value}")


def _notes(measures: Sequence[Measure]) -> list[str]:
    """Places a figure is of, where that is not the place itself, and what a score runs between."""
    wider: dict[str, list[str]] = defaultdict(list)
    for measure in measures:
        if measure.figure.place.kind == "county":
            wider[measure.figure.place.name].append(measure.name.lower())
    scales = [say("table.scale", name=each.name, scale=each.scale) for each in measures if each.scale]
    return [
        *_whose(measures),
        *(say("table.wider", area=area, names=wording.listed(names)) for area, names in wider.items()), *scales,
    ]


def _whose(measures: Sequence[Measure]) -> list[str]:
    """Whose the figures are: said once where they are all of one publisher, else measure by measure."""
    owners: dict[str, list[str]] = defaultdict(list)
    for measure in measures:
        owners[measure.figure.source.publisher].append(measure.name.lower())
    parts = [f"{owner}: {wording.listed(names)}" for owner, names in owners.items()]
    return [say("table.whose", parts="; ".join(parts if len(parts) > 1 else owners))] if owners else []


def people_table(table: PeopleTable) -> DataTable:
    """One characteristic: number and share here, share in England."""
    unit = table.rows[0].count.unit if table.rows else Unit.PEOPLE
    columns = (col("group"), num("number", unit), num("share", Unit.PERCENT, 1), num("england", Unit.PERCENT, 1))
    rows = tuple((row.group, cell(row.count), cell(row.share), cell(row.comparator)) for row in table.rows)
    source = provenance.short_citation(table.rows[0].count.source) if table.rows else ""
    caption = f"{table.title}. {table.sentence}".strip()
    return DataTable(caption, columns, rows, source=source, key=f"people-{table.key}")


def areas_table(areas: Sequence[SmallArea], caption: str, *, whole: bool = False) -> DataTable:
    """Small areas, greatest need first; `whole` adds code and ward."""
    columns = [
        col("area"), num("people", Unit.PEOPLE), num("need", Unit.SCORE, 1), num("tenth", Unit.DECILE),
        col("band"), num("deprivation", Unit.DECILE),
    ]
    if whole:
        columns[1:1] = [col("code"), col("part")]
    rows = []
    for area in areas:
        row: list[Cell] = [area.label, cell(area.population), cell(area.need), cell(area.need_decile), band(area),
                           cell(area.deprivation_decile)]
        if whole:
            row[1:1] = [area.place.code, area.part]
        rows.append(tuple(row))
    source = provenance.short_citation(areas[0].need.source) if areas else ""
    return DataTable(caption, tuple(columns), tuple(rows), source=source, key="small-areas")


def band(area: SmallArea) -> str:
    """The tenths an area falls in under other methods."""
    if not area.decile_low:
        return say("missing.not_held")
    if area.decile_low == area.decile_high:
        return str(area.decile_low)
    return say("band.text", low=area.decile_low, high=area.decile_high)


def missed_table(groups: Sequence[MissedGroup]) -> DataTable:
    """Groups who may be missed, and how to reach them."""
    rows = tuple((group.group, group.sentence, group.why, group.how_to_reach) for group in groups)
    columns = (col("group"), text_column(word("columns.number")), text_column(word("columns.reasons")),
               text_column(word("missed.how")))
    return DataTable(word("headings.missed"), columns, rows, key="missed")


def provision_table(provision: Sequence[Provision]) -> DataTable:
    """Kinds of places, counted."""
    rows = tuple((one.name, cell(one.count), cell(one.per_10000), cell(one.comparator), one.count.period)
                 for one in provision)
    columns = (
        col("kind"), num("count", Unit.COUNT), num("rate", Unit.RATE_10000, 2), num("england", Unit.RATE_10000, 2),
        col("period"),
    )
    return DataTable(word("headings.provision"), columns, rows, key="provision")


def places_table(made: Assessment, one: Provision) -> DataTable:
    """Every place of a kind."""
    rows = tuple((name, postcode or Missing("not published"), status) for name, postcode, status in one.items)
    caption = word("provision.list", title=one.name, place=made.place.name)
    return DataTable(caption, (col("name"), col("postcode"), col("status")), rows,
                     source=provenance.short_citation(one.count.source), key=f"places-{one.kind}")


def grades_table(made: Assessment) -> DataTable:
    """The middle grade of each theme."""
    rows = tuple(
        (title, wording.grade(quality.grade), " ".join(quality.reasons)) for title, quality in made.grades
    )
    return DataTable(word("headings.grades"), (col("theme"), col("grade"), col("reasons")), rows, key="grades")


def gaps_table(gaps: Sequence[Gap]) -> DataTable:
    """What is not known, how to find out, and the effort."""
    rows = tuple(
        (gap.question, gap.how, gap.effort, gap.lightest, gap.quality.grade.value if gap.quality else Missing())
        for gap in gaps
    )
    columns = tuple(col(key) for key in ("question", "how", "effort", "lightest", "would_be"))
    return DataTable(word("headings.gaps"), columns, rows, key="gaps")


def fillable_table(gaps: Sequence[Gap]) -> DataTable:
    """The same on paper, in three columns: the lightest version, then the full one with its effort."""
    rows = tuple((gap.question, gap.lightest, f"{gap.how} {gap.effort}") for gap in gaps)
    columns = tuple(col(key) for key in ("question", "lightest", "in_full"))
    return DataTable(word("headings.gaps"), columns, rows, key="gaps")
