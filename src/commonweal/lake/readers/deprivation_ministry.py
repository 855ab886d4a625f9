"""The Indices of Deprivation as the ministry publishes them: Files 1, 2 and 7 of 2015, 2019 and 2025.

Slugs as in deprivation_lsoa, and imd<year>-idaci-*, imd<year>-idaopi-* and the denominators
imd<year>-people-total, -people-0-15, -people-16-59, -people-60-and-over, -people-working-age (unit people,
period mid-<year>). Headers are read by their parts ("<domain> Rank (where 1 is most deprived)"), because
publishers cut and re-space them: in 2025 one ends "(where 1 is most deprived 10% of LSO".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import ReadTable
from commonweal.lake.readers.cells import Period
from commonweal.lake.readers.deprivation_names import DATA_YEARS, UNITS, domain_of, indicator, rated
from commonweal.lake.readers.deprivation_ways import Way
from commonweal.lake.readers.wide import Measure, headers, wide_observations

_MEASURE = re.compile(r"(?P<domain>.+?) (?P<measure>score|rank|decile)(?: \(.*)?", re.IGNORECASE)
_PEOPLE = (
    (r"total population", "people-total"),
    (r"dependent children aged 0-15", "people-0-15"),
    (r"population aged 16-59", "people-16-59"),
    (r"older population aged 60 and over", "people-60-and-over"),
    (r"working age population", "people-working-age"),
)
_MID_YEAR = re.compile(r"mid[ -](?P<year>\d{4})", re.IGNORECASE)
# The vintages of the small areas and the districts together tell the edition.
_EDITIONS = {("2011", "2013"): 2015, ("2011", "2019"): 2019, ("2021", "2024"): 2025}
_LSOA = re.compile(r"LSOA code \((\d{4})\)", re.IGNORECASE)
_DISTRICT = re.compile(r"Local Authority District code \((\d{4})\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contents:
    """What one sheet of the ministry's holds."""

    sheet: Sheet
    year: int
    code: str
    measures: tuple[Measure, ...]
    people: tuple[Measure, ...]
    mid_year: int

    @property
    def file(self) -> int:
        """The number of the file it is: 7 all together, 2 domains, 1 the index alone; 0 another."""
        units = {measure.unit for measure in self.measures}
        domains = {measure.indicator.rpartition("-")[0] for measure in self.measures}
        ranked = len(domains)
        if ranked >= 8 and units == {"score", "rank", "decile"}:
            return 7
        if units != {"rank", "decile"} or f"imd{self.year}" not in domains:
            return 0
        if any("-sub-" in domain for domain in domains):
            return 0
        return {1: 1, 8: 2}.get(ranked, 0)


def contents(sheet: Sheet) -> Contents | None:
    """What a sheet holds, None where its codes are not those of an edition known here."""
    names = headers(sheet)
    lsoa = next((found for name in names if (found := _LSOA.fullmatch(name))), None)
    district = next((found for name in names if (found := _DISTRICT.fullmatch(name))), None)
    year = _EDITIONS.get((lsoa[1], district[1])) if lsoa and district else None
    if lsoa is None or year is None:
        return None
    mid_years = [int(found["year"]) for name in names if (found := _MID_YEAR.search(name))]
    measures = tuple(measure for name in names if (measure := _measure(name, year)))
    people = tuple(measure for name in names if (measure := _people(name, year)))
    return Contents(sheet, year, lsoa[0], measures, people, mid_years[0] if mid_years else 0)


def _measure(column: str, year: int) -> Measure | None:
    found = _MEASURE.fullmatch(column)
    domain = domain_of(found["domain"]) if found else None
    if found is None or domain is None:
        return None
    measure = found["measure"].lower()
    return Measure(column, indicator(year, domain, measure), UNITS[measure])


def _people(column: str, year: int) -> Measure | None:
    for pattern, name in _PEOPLE:
        if re.match(pattern, column, re.IGNORECASE):
            return Measure(column, indicator(year, "", name), "people")
    return None


def _holding(opened: Opened, year: int, file: int) -> Contents | None:
    for sheet in opened.sheets:
        held = contents(sheet)
        if held is not None and (held.year, held.file) == (year, file):
            return held
    return None


def _recognises(year: int, file: int, opened: Opened) -> bool:
    return _holding(opened, year, file) is not None


def _read(year: int, file: int, opened: Opened) -> Iterable[ReadTable]:
    held = _holding(opened, year, file)
    if held is None:
        raise ValueError(f"{opened.path} is not File {file} of the Indices of Deprivation {year}")
    yield wide_observations(held.sheet, code=held.code, measures=rated(held.measures), period=DATA_YEARS[year])
    if held.people:
        yield wide_observations(held.sheet, code=held.code, measures=held.people, period=_middle(held))


def _middle(held: Contents) -> Period:
    """30 June of the year the denominators speak of, or the edition's data year where no header names it."""
    if not held.mid_year:
        return DATA_YEARS[held.year]
    return Period(f"mid-{held.mid_year}", date(held.mid_year, 6, 30), date(held.mid_year, 7, 1))


WAYS = tuple(
    (f"imd-{year}-lsoa", Way(partial(_recognises, year, file), partial(_read, year, file)))
    for year in (2015, 2019, 2025)
    for file in (1, 2, 7)
)
