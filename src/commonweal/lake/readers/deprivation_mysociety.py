"""mySociety's deprivation index for the whole United Kingdom, which carries the 2019 scores of England.

Slugs: imd2019-score (England's small areas, as published to three places); uk-imd2020-national-score,
-national-decile, -income-rate, -employment-rate (per cent), -score, -rank, -decile, -quintile,
-english-decile. Scores outside England are modelled by mySociety. Councils (uk-imd2020-council-*) go under
mySociety's own three-letter codes, as the file has no others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import Period, fractions_as_percent, numbers, rows_for, text
from commonweal.lake.readers.deprivation_names import DATA_YEARS
from commonweal.lake.readers.wide import Measure, found, sheet_with, tidied, wide_observations

_PERIOD = Period("2020 (data of 2015 to 2020)", date(2015, 1, 1), date(2021, 1, 1))

_AREAS = (
    Measure("overall_local_score", "uk-imd2020-national-score", "score"),
    Measure("original_decile", "uk-imd2020-national-decile", "decile"),
    Measure("income_score", "uk-imd2020-income-rate", "percent"),
    Measure("employment_score", "uk-imd2020-employment-rate", "percent"),
    Measure("UK_IMD_E_score", "uk-imd2020-score", "score"),
    Measure("UK_IMD_E_rank", "uk-imd2020-rank", "rank"),
    Measure("UK_IMD_E_pop_decile", "uk-imd2020-decile", "decile"),
    Measure("UK_IMD_E_pop_quintile", "uk-imd2020-quintile", "quintile"),
    Measure("E_expanded_decile", "uk-imd2020-english-decile", "decile"),
)
_AREA_COLUMNS = {"nation", "lsoa", *(measure.column for measure in _AREAS)}


def _recognises_areas(opened: Opened) -> bool:
    return sheet_with(opened, _AREA_COLUMNS) is not None


def _read_areas(opened: Opened) -> Iterable[ReadTable]:
    sheet = found(opened, _AREA_COLUMNS)
    yield wide_observations(sheet, code="lsoa", measures=_AREAS, period=_PERIOD)
    english = pc.equal(text(tidied(sheet).column("nation")), "E")
    england = Sheet(sheet.name, tidied(sheet).filter(english), sheet.first_row)
    score = (Measure("overall_local_score", "imd2019-score", "score"),)
    yield wide_observations(england, code="lsoa", measures=score, period=DATA_YEARS[2019])


register(Reader("uk-imd-2020-mysociety", 1, _recognises_areas, _read_areas))


_COUNCILS = (
    ("la-deprivation-score", "uk-imd2020-council-score", "score"),
    ("low-deprivation", "uk-imd2020-council-low-deprivation", "percent"),
    ("medium-deprivation", "uk-imd2020-council-medium-deprivation", "percent"),
    ("high-deprivation", "uk-imd2020-council-high-deprivation", "percent"),
    ("density", "uk-imd2020-council-density", "per_square_kilometre"),
    ("la-imd-pop-quintile", "uk-imd2020-council-quintile", "quintile"),
    ("la-imd-pop-decile", "uk-imd2020-council-decile", "decile"),
)
_COUNCIL_COLUMNS = {"local-authority-code", "official-name", *(column for column, _, _ in _COUNCILS)}


def _recognises_councils(opened: Opened) -> bool:
    return sheet_with(opened, _COUNCIL_COLUMNS) is not None


def _read_councils(opened: Opened) -> Iterable[ReadTable]:
    table = tidied(found(opened, _COUNCIL_COLUMNS))
    pieces: list[pa.Table] = []
    for column, indicator, unit in _COUNCILS:
        read = numbers(table.column(column))
        pieces.append(
            rows_for(
                "observations", table.num_rows, indicator=indicator, unit=unit, area_kind="district",
                area_code=text(table.column("local-authority-code")), note=read.note,
                period=_PERIOD.label, period_start=_PERIOD.start, period_end=_PERIOD.end,
                value=fractions_as_percent(read.value) if unit == "percent" else read.value,
            )
        )
    yield ReadTable("observations", pa.concat_tables(pieces))


register(Reader("uk-imd-2020-mysociety-councils", 1, _recognises_councils, _read_councils))
