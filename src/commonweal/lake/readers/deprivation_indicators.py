"""The indicators underneath the Indices of Deprivation 2019 and 2025, the ministry's File 8 or its tidy copy.

Slugs: imd2025-ind-<name as published>, such as imd2025-ind-connectivity-score,
imd2025-ind-household-overcrowding-indicator-rooms, imd2019-ind-road-distance-to-a-gp-surgery-indicator-km.
Shares of people or households are in per cent. Numerators the ministry leaves blank stay so, noted "suppressed".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import BLANK, slug
from commonweal.lake.readers.deprivation_names import DATA_YEARS
from commonweal.lake.readers.wide import Measure, headers, wide_observations

# The first rule that fits a slug gives its unit; True where the publisher writes a share as 0.125.
_UNITS: tuple[tuple[str, str, bool], ...] = (
    (r"-numerator$", "people", False),
    (r"-km$", "kilometres", False),
    (r"-rate-per-1-?000-", "rate_1000", False),
    (r"-percent-of-households$", "percent", False),
    (r"^(staying-on|entry-to-higher|adult-skills)|overcrowding|central-heating|poor-condition", "percent", True),
    (r"-ratio(-indicator)?$|^acute-morbidity", "ratio", False),
)
_CODES = {"lsoa21_code": 2025, "LSOA code (2021)": 2025, "lsoa11_code": 2019, "LSOA code (2011)": 2019}
_SURE = {
    2025: {"income-domain-numerator", "connectivity-score", "patient-to-gp-ratio"},
    2019: {"income-domain-numerator", "acute-morbidity-indicator", "air-quality-indicator"},
}
_NAMES = re.compile(r"(lsoa|lad|local authority district) ?\w*[ _](code|name)\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    sheet: Sheet
    code: str
    year: int


def _sheets(opened: Opened) -> list[_Found]:
    """The sheets that hold areas' codes of a known vintage beside something else."""
    return [
        _Found(sheet, code, _CODES[code])
        for sheet in opened.sheets
        for code in headers(sheet)
        if code in _CODES
    ]


def measure_of(column: str, year: int) -> Measure:
    """What a column of indicators holds, its unit told from its name."""
    name = slug(column)
    unit, percent = next(
        ((unit, percent) for pattern, unit, percent in _UNITS if re.search(pattern, name)), ("score", False)
    )
    blank = "suppressed" if unit == "people" else BLANK
    return Measure(column, f"imd{year}-ind-{name}", unit, percent, blank)


def _recognises(year: int, opened: Opened) -> bool:
    held = {slug(column) for one in _sheets(opened) if one.year == year for column in headers(one.sheet)}
    return _SURE[year] <= held


def _read(year: int, opened: Opened) -> Iterable[ReadTable]:
    for one in _sheets(opened):
        columns = [name for name in headers(one.sheet) if not _NAMES.fullmatch(name)]
        measures = [measure_of(column, year) for column in columns]
        if measures:
            yield wide_observations(one.sheet, code=one.code, measures=measures, period=DATA_YEARS[year])


for _year in (2019, 2025):
    register(Reader(f"imd-{_year}-lsoa-indicators", 1, partial(_recognises, _year), partial(_read, _year)))
