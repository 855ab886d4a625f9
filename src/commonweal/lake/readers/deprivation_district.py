"""Indices of Deprivation summed up for districts and middle-layer areas: tidy copies and the ministry's File 10.

Slugs: imd<year>[-<domain>]-average-score, -average-rank, -most-deprived-10-percent (share of small areas among the
most deprived tenth of England, per cent), -extent (per cent), -local-concentration, -scale (people), and
-rank-of-<each> (1 is the most deprived). Average ranks and local concentration rise with deprivation: the ministry
counts ranks from the least deprived for them. Average scores that are shares of people (income, employment, idaci,
idaopi) stand again as -average-rate, in per cent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import ReadTable
from commonweal.lake.readers.cells import numbers, slug
from commonweal.lake.readers.deprivation_names import DATA_YEARS, domain_of, indicator, rated
from commonweal.lake.readers.deprivation_ways import Way
from commonweal.lake.readers.wide import Measure, found, headers, sheet_with, tidied, wide_observations

_WORST_TENTH = re.compile(r"proportion-of-(lower|lso).*most-deprived-10.*")
_SHORT = {"average-score", "average-rank", "extent", "local-concentration", "scale", "most-deprived-10-percent"}
_PERCENT = {"extent", "most-deprived-10-percent"}


def summary_of(words: str) -> str | None:
    """The slug of a summary measure's name, None where it is none.

    "Rank of proportion of LSOAs in most deprived 10% nationally" is rank-of-most-deprived-10-percent.
    """
    name = slug(words)
    rank = "rank-of-" if name.startswith("rank-of-") else ""
    name = name.removeprefix("rank-of-")
    name = "most-deprived-10-percent" if _WORST_TENTH.fullmatch(name) else name
    return rank + name if name in _SHORT else None


def unit_of(summary: str) -> str:
    """The unit of a summary measure; those in per cent are published as fractions."""
    if summary.startswith("rank-of-"):
        return "rank"
    if summary in _PERCENT:
        return "percent"
    return "people" if summary == "scale" else "score"


def _measure(column: str, year: int, domain: str, summary: str) -> Measure:
    unit = unit_of(summary)
    return Measure(column, indicator(year, domain, summary), unit, percent=unit == "percent")


# --- the ministry's File 10, and its tidy copy -------------------------------------------------------------

_DISTRICT = re.compile(r"(ltla\d\d_code|Local Authority District code \((?P<year>\d{4})\))")
_SCALE = re.compile(r"(?P<rank>rank-of-)?(?P<domain>income|employment)-scale")
_EDITIONS = {"2024": 2025, "2019": 2019, "2013": 2015, "ltla24_code": 2025}


def named_summary(column: str, year: int) -> Measure | None:
    """What a column like "IMD - Rank of average score" or imd_rank_of_average_score holds."""
    name = re.sub(r"^imd-?(20)?\d\d-", "imd-", slug(column))
    scale = _SCALE.fullmatch(name)
    if scale:
        return _measure(column, year, scale["domain"], (scale["rank"] or "") + "scale")
    parts = name.split("-")
    for cut in range(1, len(parts)):
        domain, summary = domain_of("-".join(parts[:cut])), summary_of("-".join(parts[cut:]))
        if domain is not None and summary is not None:
            return _measure(column, year, domain, summary)
    return None


def _districts(opened: Opened, year: int) -> list[tuple[Sheet, str]]:
    """The sheets of an edition whose rows are districts and whose columns sum up the indices, with their code."""
    wanted = []
    for sheet in opened.sheets:
        names = headers(sheet)
        code = next((name for name in names if _edition(name) == year), "")
        if code and sum(named_summary(name, year) is not None for name in names) >= 4:
            wanted.append((sheet, code))
    return wanted


def _edition(column: str) -> int | None:
    named = _DISTRICT.fullmatch(column)
    return _EDITIONS.get(named["year"] or column) if named else None


def _recognises_summaries(year: int, opened: Opened) -> bool:
    return bool(_districts(opened, year))


def _read_summaries(year: int, opened: Opened) -> Iterable[ReadTable]:
    for sheet, code in _districts(opened, year):
        measures = [measure for name in headers(sheet) if (measure := named_summary(name, year))]
        yield wide_observations(sheet, code=code, measures=rated(measures), period=DATA_YEARS[year])


_SUMMARIES = tuple(
    (f"imd-{year}-district", Way(partial(_recognises_summaries, year), partial(_read_summaries, year)))
    for year in (2025, 2019, 2015)
)


# --- averages worked out for other areas: Score, Proportion, Extent, Income_Score, ... ------------------------

_AVERAGES = {"score": "average-score", "proportion": "most-deprived-10-percent", "extent": "extent"}
# The 2007 file does not say its year; the first middle-layer area's score in that edition tells it.
_FIRST_MSOA_2007 = ("E02000001", 13.111)


@dataclass(frozen=True, slots=True)
class _Averages:
    dataset: str
    year: int
    code: str
    has: frozenset[str]
    lacks: frozenset[str] = frozenset()
    first: tuple[str, float] | None = None


AVERAGES = (
    _Averages("imd-2019-district-averages", 2019, "ltla23_code", frozenset({"Score", "Extent", "Income_Score"})),
    _Averages("imd-2019-msoa", 2019, "msoa11_code", frozenset({"Score", "Extent", "Income_Score"})),
    _Averages(
        "imd-2007-msoa", 2007, "msoa11_code", frozenset({"Score", "Proportion", "Extent"}),
        frozenset({"Income_Score"}), _FIRST_MSOA_2007,
    ),
)


def averages_of(columns: Iterable[str], year: int) -> list[Measure]:
    """What columns like Score, Income_Proportion and Housing_and_Access_Extent hold."""
    measures: list[Measure] = []
    for column in columns:
        front, _, last = column.rpartition("_")
        domain = domain_of(front) if front else ""
        summary = _AVERAGES.get(last.lower())
        if domain is not None and summary is not None:
            measures.append(_measure(column, year, domain, summary))
    return measures


def _recognises_averages(layout: _Averages, opened: Opened) -> bool:
    sheet = sheet_with(opened, layout.has | {layout.code}, layout.lacks)
    return sheet is not None and (layout.first is None or _first_is(sheet, layout.code, layout.first))


def _first_is(sheet: Sheet, code: str, first: tuple[str, float]) -> bool:
    table = tidied(sheet).slice(0, 1)
    score = numbers(table.column("Score")).value[0].as_py() if table.num_rows else None
    return score is not None and table.column(code)[0].as_py() == first[0] and abs(score - first[1]) < 0.001


def _read_averages(layout: _Averages, opened: Opened) -> Iterable[ReadTable]:
    sheet = found(opened, layout.has | {layout.code}, layout.lacks)
    measures = rated(averages_of(headers(sheet), layout.year))
    yield wide_observations(sheet, code=layout.code, measures=measures, period=DATA_YEARS[layout.year])


WAYS = _SUMMARIES + tuple(
    (one.dataset, Way(partial(_recognises_averages, one), partial(_read_averages, one))) for one in AVERAGES
)
