"""Indices of Deprivation with a row a domain: the Trafford Data Lab's district files and Open Data Communities.

Slugs as in deprivation_district and, for small areas in Open Data Communities' layout, as in deprivation_lsoa.
Codes are those of the file: the 2015 district file of Trafford's is on 2019 districts.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import ReadTable, RejectedRow
from commonweal.lake.readers.cells import (
    area_kinds,
    fractions_as_percent,
    mapped,
    numbers,
    rows_for,
    slug,
    text,
)
from commonweal.lake.readers.deprivation_district import summary_of, unit_of
from commonweal.lake.readers.deprivation_names import DATA_YEARS, UNITS, domain_of, indicator, with_rates
from commonweal.lake.readers.deprivation_ways import Way
from commonweal.lake.readers.wide import found, kept_out_at, known_areas, sheet_with, tidied

_NOT_KNOWN = "this domain or measure of the Indices of Deprivation is not known here"
_BETWEEN = "\x1f"


def _measure(words: str) -> str | None:
    """The slug of a measure's name: of a summary for districts, or score, rank, decile."""
    name = slug(words)
    return name if name in UNITS else summary_of(words)


def _named(year: int, pair: str) -> str:
    """The indicator of "domain, measure" as published, empty where either is not known."""
    domain_words, measure_words = pair.split(_BETWEEN)
    domain, measure = domain_of(domain_words), _measure(measure_words)
    return "" if domain is None or measure is None else indicator(year, domain, measure)


def _unit(pair: str) -> str:
    measure = _measure(pair.split(_BETWEEN)[1])
    return "" if measure is None else UNITS.get(measure) or unit_of(measure)


def long_observations(
    sheet: Sheet, table: pa.Table, places: pa.Array, *, year: int, code: str, pairs: pa.Array, value: str
) -> tuple[pa.Table, tuple[RejectedRow, ...]]:
    """Observations of rows that name an area and a "domain, measure" pair; `table` has the areas' rows alone."""
    read = numbers(table.column(value))
    indicators, units = mapped(pairs, partial(_named, year)), mapped(pairs, _unit)
    unknown = pc.equal(indicators, "")
    codes = text(table.column(code))
    rows = rows_for(
        "observations", len(codes), indicator=indicators, unit=units, area_kind=area_kinds(codes), area_code=codes,
        period=DATA_YEARS[year].label, period_start=DATA_YEARS[year].start, period_end=DATA_YEARS[year].end,
        value=pc.if_else(pc.equal(units, "percent"), fractions_as_percent(read.value), read.value), note=read.note,
    )
    words = pc.replace_substring(pairs, _BETWEEN, ", ")
    kept_out = kept_out_at(sheet, value, words, unknown, places=places, reason=_NOT_KNOWN)
    bad = pc.and_(read.bad, pc.invert(unknown))
    kept_out += kept_out_at(sheet, value, table.column(value), bad, places=places)
    return rows.filter(pc.invert(pc.or_(unknown, bad))), kept_out


# --- Trafford Data Lab ----------------------------------------------------------------------------------------

_SUMMARIES = {
    "average_rank": "average rank", "rank_average_rank": "rank of average rank",
    "average_score": "average score", "rank_average_score": "rank of average score",
    "proportion_bottom_decile": "proportion of LSOAs in most deprived 10%",
    "rank_proportion_bottom_decile": "rank of proportion of LSOAs in most deprived 10%",
}
_TRAFFORD = {2015: ("lad19cd", "year"), 2019: ("lad19cd", "year"), 2025: ("area_code", "deprivation_data_year")}


def _first_cell(sheet: Sheet, column: str) -> str:
    cells = tidied(sheet).column(column)
    return str(cells[0].as_py()).strip() if len(cells) else ""


def _recognises_trafford(year: int, opened: Opened) -> bool:
    code, year_column = _TRAFFORD[year]
    sheet = sheet_with(opened, {code, year_column, "index_domain", "rank_average_score"})
    return sheet is not None and _first_cell(sheet, year_column) == str(year)


def _read_trafford(year: int, opened: Opened) -> Iterable[ReadTable]:
    code, _ = _TRAFFORD[year]
    sheet = found(opened, {code, "index_domain"})
    table, kept_out, places = known_areas(sheet, code)
    pieces: list[pa.Table] = []
    domains = text(table.column("index_domain"))
    for column, words in _SUMMARIES.items():
        if column in table.column_names:
            pairs = pc.binary_join_element_wise(domains, words, _BETWEEN)
            rows, bad = long_observations(
                sheet, table, places, year=year, code=code, pairs=pairs, value=column
            )
            pieces.append(rows)
            kept_out += bad
    yield with_rates(ReadTable("observations", pa.concat_tables(pieces), kept_out))


_TRAFFORD_WAYS = tuple(
    (f"imd-{year}-district-long", Way(partial(_recognises_trafford, year), partial(_read_trafford, year)))
    for year in _TRAFFORD
)


# --- Open Data Communities --------------------------------------------------------------------------------------

_CUBE = {"FeatureCode", "DateCode", "Measurement", "Value", "Indices of Deprivation"}


def _recognises_cube(year: int, kind: str, opened: Opened) -> bool:
    sheet = sheet_with(opened, _CUBE)
    if sheet is None or _first_cell(sheet, "DateCode") != str(year):
        return False
    return area_kinds(tidied(sheet).column("FeatureCode").slice(0, 1)).to_pylist() == [kind]


def _read_cube(year: int, opened: Opened) -> Iterable[ReadTable]:
    sheet = found(opened, _CUBE)
    table, kept_out, places = known_areas(sheet, "FeatureCode")
    pairs = pc.binary_join_element_wise(
        text(table.column("Indices of Deprivation")), text(table.column("Measurement")), _BETWEEN
    )
    rows, bad = long_observations(
        sheet, table, places, year=year, code="FeatureCode", pairs=pairs, value="Value"
    )
    yield with_rates(ReadTable("observations", rows, kept_out + bad))


WAYS = _TRAFFORD_WAYS + tuple(
    (f"imd-{year}-{kind}", Way(partial(_recognises_cube, year, kind), partial(_read_cube, year)))
    for year in (2015, 2019)
    for kind in ("district", "lsoa")
)
