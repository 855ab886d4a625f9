"""Indices of Deprivation 2004 to 2025 by small area, in the tidy copies that keep one edition a file.

Slugs: imd<year>[-<domain>]-score, -rank, -decile; domains income, employment, education, health, crime,
housing, environment; sub-domains sub-children-and-young-people, sub-adult-skills, sub-geographical-barriers,
sub-wider-barriers, sub-indoors, sub-outdoors. Rank 1 and decile 1 are the most deprived everywhere. Income and
employment scores are shares of people and stand again as imd<year>-income-rate and -employment-rate, in per cent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import ReadTable
from commonweal.lake.readers.cells import numbers
from commonweal.lake.readers.deprivation_names import DATA_YEARS, UNITS, domain_of, indicator, rated
from commonweal.lake.readers.deprivation_ways import Way
from commonweal.lake.readers.geo_levels import geography_beside
from commonweal.lake.readers.wide import Measure, found, headers, sheet_with, tidied, wide_observations

_COLUMN = re.compile(r"(?P<domain>.+?)(?:_rank)?_(?P<measure>score|rank|decile)")
TURNED = "decile worked out from the rank: the file's own counts from the least deprived"


@dataclass(frozen=True, slots=True)
class Layout:
    """One tidy copy: the columns only it has, and those that would make it another."""

    dataset: str
    year: int
    code: str
    has: frozenset[str]
    lacks: frozenset[str] = frozenset()

    @property
    def wanted(self) -> frozenset[str]:
        """All columns by which it is recognised."""
        return self.has | {self.code}


def _layout(dataset: str, year: int, code: str, has: str, lacks: str = "") -> Layout:
    return Layout(dataset, year, code, frozenset(has.split()), frozenset(lacks.split()))


LAYOUTS = (
    _layout("imd-2025-lsoa", 2025, "lsoa21_code", "IMD_score Income_rank Housing_and_Services_rank"),
    _layout("imd-2025-lsoa-subdomains", 2025, "lsoa21_code", "children_and_young_people_score indoors_rank"),
    _layout("imd-2019-lsoa", 2019, "lsoa11_code", "IMD_rank IMD_decile Income_rank Crime_decile", "lad13_code"),
    _layout("imd-2019-lsoa-subdomains", 2019, "lsoa11_code", "Children_and_young_people_rank Indoors_decile"),
    _layout("imd-2015-lsoa", 2015, "lsoa11_code", "lad13_code IMD_score IMD_rank"),
    _layout(
        "imd-2015-lsoa-subdomains", 2015, "lsoa11_code", "children_and_young_people_sub_domain_score"
    ),
    _layout("imd-2010-lsoa", 2010, "lsoa01_code", "IMD_score IMD_rank Income_score Crime_rank"),
    _layout(
        "imd-2010-lsoa-subdomains", 2010, "lsoa01_code", "children_young_people_sub_domain_score",
        "living_environment_domain_score",
    ),
    _layout("imd-2007-lsoa", 2007, "lsoa01_code", "lad07_code IMD_score IMD_rank"),
    _layout(
        "imd-2007-lsoa-subdomains", 2007, "lsoa01_code",
        "children_young_people_sub_domain_score living_environment_domain_score",
    ),
    _layout("imd-2004-lsoa", 2004, "lsoa01_code", "lad04_code IMD_score IMD_rank"),
)


def measures_of(columns: Iterable[str], year: int) -> list[Measure]:
    """What the columns of a tidy copy hold; columns that are no score, rank or decile are passed over."""
    measures: list[Measure] = []
    for column in columns:
        named = _COLUMN.fullmatch(column)
        domain = domain_of(named["domain"]) if named else None
        if named is None or domain is None:
            continue
        measure = named["measure"]
        measures.append(Measure(column, indicator(year, domain, measure), UNITS[measure]))
    return measures


def _recognises(layout: Layout, opened: Opened) -> bool:
    return sheet_with(opened, layout.wanted, layout.lacks) is not None


def _read(layout: Layout, opened: Opened) -> Iterable[ReadTable]:
    sheet = found(opened, layout.wanted, layout.lacks)
    sheet, turned = upright(sheet, measures_of(headers(sheet), layout.year))
    period = DATA_YEARS[layout.year]
    yield wide_observations(sheet, code=layout.code, measures=rated(turned), period=period)
    yield from geography_beside(sheet)


def upright(sheet: Sheet, measures: list[Measure]) -> tuple[Sheet, list[Measure]]:
    """The sheet with every decile counting from the most deprived, by its rank where the file's runs backwards.

    decile = ceil(10 rank / n), n the number of areas ranked.
    """
    table, checked = tidied(sheet), list(measures)
    by_slug = {measure.indicator: measure for measure in measures}
    for at, measure in enumerate(measures):
        rank = by_slug.get(measure.indicator.removesuffix("-decile") + "-rank")
        if measure.unit != "decile" or rank is None:
            continue
        ranks = numbers(table.column(rank.column)).value
        if _runs_with(ranks, numbers(table.column(measure.column)).value):
            continue
        deciles = pc.ceil(pc.divide(pc.multiply(ranks, 10.0), float(len(ranks) - ranks.null_count)))
        place = table.column_names.index(measure.column)
        table = table.set_column(place, measure.column, pa.chunked_array([pc.cast(deciles, pa.string())]))
        checked[at] = replace(measure, remark=TURNED)
    return replace(sheet, table=table), checked


def _runs_with(ranks: pa.Array, deciles: pa.Array) -> bool:
    """Whether high deciles go with high ranks, judged by the areas in the first and the tenth decile."""
    first, tenth = (pc.mean(ranks.filter(pc.equal(deciles, float(end)))).as_py() for end in (1, 10))
    return first is None or tenth is None or first <= tenth


WAYS = tuple((one.dataset, Way(partial(_recognises, one), partial(_read, one))) for one in LAYOUTS)
