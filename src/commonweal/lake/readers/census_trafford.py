"""Census 2021 for the small areas of Trafford: age in bands of five years, and cars or vans a household.

Tables: population (period 2021, bands 0 to 4 up to 85 and over) and observations census2021-cars with category,
count, denominator (the households in all categories of the area) and value in per cent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, RejectedRow, register
from commonweal.lake.readers.cells import area_kinds, mapped, numbers, periods, rows_for, text
from commonweal.lake.readers.census_2021 import CENSUS_DAY, share
from commonweal.lake.readers.population_ages import OLDEST
from commonweal.lake.readers.wide import found, kept_out_at, known_areas, sheet_with, tidied

_SHARED = {"area_code", "geography", "period", "indicator", "measure", "unit", "value"}
_CATEGORY = "availability_category"
_BAND = re.compile(r"Aged (?:(\d+) to (\d+) years|(\d+) years and (under|over))", re.IGNORECASE)


def ages_of(words: str) -> tuple[int, int] | None:
    """The ages a band names: "Aged 85 years and over" is 85 to 120; None where it names none."""
    named = _BAND.fullmatch(words.strip())
    if named is None:
        return None
    first, last, edge, side = named.groups()
    if side is None:
        return int(first), int(last)
    return (0, int(edge)) if side.lower() == "under" else (int(edge), OLDEST)


def _of_the_census(sheet: Sheet | None) -> bool:
    if sheet is None or sheet.table.num_rows == 0:
        return False
    starts = periods(tidied(sheet).column("period")).start
    return pc.unique(starts).to_pylist() == [CENSUS_DAY.start]


def _recognises_ages(opened: Opened) -> bool:
    sheet = sheet_with(opened, _SHARED, {_CATEGORY, "sex"})
    if sheet is None or not _of_the_census(sheet):
        return False
    return all(ages_of(words) for words in pc.unique(text(tidied(sheet).column("indicator"))).to_pylist())


def _read_ages(opened: Opened) -> Iterable[ReadTable]:
    table, codes, counts, kept_out = _counts(found(opened, _SHARED, {_CATEGORY}))
    bands = text(table.column("indicator"))
    rows = rows_for(
        "population", table.num_rows, area_kind=area_kinds(codes), area_code=codes, period=CENSUS_DAY.label,
        period_start=CENSUS_DAY.start, sex="persons", count=counts,
        age_from=_edge(bands, 0), age_to=_edge(bands, 1),
    )
    yield ReadTable("population", rows, kept_out)


def _edge(bands: pa.Array, which: int) -> pa.Array:
    return pc.cast(mapped(bands, lambda words: str((ages_of(words) or (0, OLDEST))[which])), pa.int32())


def _recognises_cars(opened: Opened) -> bool:
    sheet = sheet_with(opened, _SHARED | {_CATEGORY})
    if sheet is None or not _of_the_census(sheet):
        return False
    return "cars or vans" in str(tidied(sheet).column("indicator")[0].as_py())


def _read_cars(opened: Opened) -> Iterable[ReadTable]:
    table, codes, counts, kept_out = _counts(found(opened, _SHARED | {_CATEGORY}))
    households = _together(codes, counts)
    rows = rows_for(
        "observations", table.num_rows, indicator="census2021-cars", area_kind=area_kinds(codes), area_code=codes,
        period=CENSUS_DAY.label, period_start=CENSUS_DAY.start, period_end=CENSUS_DAY.end, unit="percent",
        category_type="Cars or vans in household", category=text(table.column(_CATEGORY)),
        value=share(counts, households), count=counts, denominator=households,
    )
    yield ReadTable("observations", rows, kept_out)


def _counts(sheet: Sheet) -> tuple[pa.Table, pa.Array, pa.Array, tuple[RejectedRow, ...]]:
    """The rows that can be read, their areas' codes and counts, and those kept out."""
    table, kept_out, places = known_areas(sheet, "area_code")
    read = numbers(table.column("value"))
    kept_out += kept_out_at(sheet, "value", table.column("value"), read.bad, places=places)
    good = pc.invert(read.bad)
    table = table.filter(good)
    return table, text(table.column("area_code")), read.value.filter(good), kept_out


def _together(codes: pa.Array, counts: pa.Array) -> pa.Array:
    """For each row, the sum of the counts of its area; empty where any of them is."""
    sums = pa.table({"code": codes, "count": counts}).group_by("code").aggregate(
        [("count", "sum", pc.ScalarAggregateOptions(skip_nulls=False))]
    )
    return sums.column("count_sum").combine_chunks().take(pc.index_in(codes, sums.column("code").combine_chunks()))


register(Reader("census-2021-age-lsoa21-trafford", 1, _recognises_ages, _read_ages))
register(Reader("census-2021-cars-lsoa21-trafford", 1, _recognises_cars, _read_cars))
