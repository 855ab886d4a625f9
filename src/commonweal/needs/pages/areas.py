"""Small areas: the map, the table with its ticks, one area by itself, and the weights."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from commonweal.needs.assessment import Assessment, SmallArea
from commonweal.needs.pages.links import Addresses
from commonweal.needs.pages.overview import Labelled
from commonweal.needs.pictures import domain_titles
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column
from commonweal.present.wording import bare

HEADS = ("Small area", "Need, tenth", "People", "Depri\N{SOFT HYPHEN}vation, tenth")  # it breaks there on a phone


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One small area as a row."""

    code: str
    label: str
    href: str
    cells: tuple[str, ...]
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class SortHead:
    """A heading and what it asks for: the number of its column, with a minus for the other way round."""

    title: str
    numeric: bool
    asks: str
    sorted: str


def _key(area: SmallArea, column: int) -> tuple[bool, float | str]:
    figure = (None, area.need_decile, area.population, area.deprivation_decile)[column]
    if figure is None:
        return False, area.label.casefold()
    return figure.value is None, figure.value or 0.0


def in_order(assessment: Assessment, asked: str) -> tuple[tuple[SmallArea, ...], int | None, bool]:
    """The small areas as the address asks (?sort=2, ?sort=-2); else greatest need first."""
    digits = asked.removeprefix("-")
    if digits not in {"1", "2", "3", "4"}:
        worst = sorted(assessment.small_areas, key=lambda a: (a.need.value is None, -(a.need.value or 0)))
        return tuple(worst), None, False
    column, down = int(digits) - 1, asked.startswith("-")
    return tuple(sorted(assessment.small_areas, key=lambda a: _key(a, column), reverse=down)), column, down


def heads(column: int | None, down: bool) -> tuple[SortHead, ...]:
    """The headings, each a button that sorts by it and takes the ticks along."""
    return tuple(
        SortHead(title, index > 0, f"{'-' if index == column and not down else ''}{index + 1}",
                 ("descending" if down else "ascending") if index == column else "")
        for index, title in enumerate(HEADS)
    )


def decile_words(area: SmallArea) -> str:
    """The tenth with the band other methods give: a rank is shown with its interval or not at all."""
    if area.need_decile.value is None:
        return area.need_decile.missing
    own = f"{area.need_decile.value:.0f}"
    return own if area.decile_low == area.decile_high else f"{own} ({area.decile_low} to {area.decile_high})"


def area_rows(areas: tuple[SmallArea, ...], code: str, ticked: Collection[str] = ()) -> tuple[AreaRow, ...]:
    """Rows for the table, those ticked before still ticked."""
    to = Addresses(code)
    return tuple(
        AreaRow(
            code=one.place.code, label=one.label or one.place.name,
            href=to.area(one.place.code),
            cells=(decile_words(one), bare(one.population), bare(one.deprivation_decile)),
            ticked=one.place.code in ticked,
        )
        for one in areas
    )


def areas_table(assessment: Assessment) -> DataTable:
    """Every small area, for downloading."""
    def value(number: float | None, missing: str) -> Cell:
        return Missing(missing) if number is None else number

    titles = domain_titles()
    parts = [titles.get(key, key) for key, _ in assessment.small_areas[0].parts] if assessment.small_areas else []
    columns = (
        text_column("Code"), text_column("Name"), text_column("Known as"), number_column("People"),
        number_column("Need score", decimals=2), number_column("Need tenth"), number_column("Lowest tenth"),
        number_column("Highest tenth"), number_column("Deprivation tenth"),
        *(number_column(f"Score: {name}", decimals=2) for name in parts),
    )
    rows = tuple(
        (
            one.place.code, one.place.name, one.label, value(one.population.value, one.population.missing),
            value(one.need.value, one.need.missing), value(one.need_decile.value, one.need_decile.missing),
            one.decile_low, one.decile_high, value(one.deprivation_decile.value, one.deprivation_decile.missing),
            *(amount for _, amount in one.parts),
        )
        for one in assessment.small_areas
    )
    return DataTable(f"Small areas of {assessment.place.name}", columns, rows, key="areas")


def area_of(assessment: Assessment, area: str) -> SmallArea | None:
    """A small area by its code."""
    return next((one for one in assessment.small_areas if one.place.code == area), None)


def area_figures(area: SmallArea) -> tuple[Labelled, ...]:
    """Its three figures."""
    return (
        Labelled(area.population, "people live here"),
        Labelled(area.need_decile, "for need for culture and sport"),
        Labelled(area.deprivation_decile, "for deprivation"),
    )


def area_sentence(area: SmallArea, whole: str) -> str:
    """Where the area stands, with the band other methods would give it."""
    if area.need_decile.value is None:
        return f"Need in {area.label} is not known: {area.need_decile.missing}."
    tenth = f"{area.need_decile.value:.0f}"
    own = f"{area.label} is in tenth {tenth} of 10 for need, where 1 is the greatest need in {whole}"
    if area.decile_low == area.decile_high:
        return f"{own}. Other defensible methods give the same tenth."
    return f"{own}. Other defensible methods would put it anywhere from {area.decile_low} to {area.decile_high}."


def moved_table(before: Assessment, after: Assessment) -> DataTable | None:
    """Small areas whose tenth changed with the weights."""
    tenth = {one.place.code: one.need_decile.value for one in before.small_areas}
    rows = []
    for one in after.small_areas:
        was, now = tenth.get(one.place.code), one.need_decile.value
        if was is not None and now is not None and was != now:
            rows.append((one.label, int(was), int(now), int(now - was)))
    if not rows:
        return None
    rows.sort(key=lambda row: (-abs(row[3]), row[0]))
    numbers = (number_column(title) for title in ("Tenth before", "Tenth now", "Moved"))
    columns = (text_column("Small area"), *numbers)
    return DataTable(f"{len(rows)} small areas change their tenth", columns, tuple(rows), key="moved")
