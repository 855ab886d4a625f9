"""Mid-year population estimates by single year of age: small areas of 2011 and 2021, and districts.

Table: population, one row an area, sex and year of age; "90+" is 90 to 120. Period is mid-<year>, starting on
30 June. Totals and age groups beside the single years are not repeated: they are their sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, RejectedRow, register
from commonweal.lake.readers.cells import (
    UnknownPeriod,
    area_kinds,
    mapped,
    numbers,
    period,
    rows_for,
    text,
)
from commonweal.lake.readers.wide import NOT_A_NUMBER, found, headers, known_areas, sheet_with, tidied

OLDEST = 120
_AGES = [str(age) for age in range(90)] + ["90+"]
_SEXES = {"": "persons", "persons": "persons", "females": "female", "males": "male"}


@dataclass(frozen=True, slots=True)
class Layout:
    """One table of ages: its columns of codes, sex and date, and the total that tells its year."""

    dataset: str
    code: str
    total: str
    year: int = 0
    sex: str = ""
    when: str = ""
    persons: int = 0

    @property
    def wanted(self) -> frozenset[str]:
        """All columns by which it is recognised."""
        return frozenset({self.code, self.total, self.sex, self.when, *_AGES} - {""})


# The tidy copies do not say their year, so the whole population in their total column tells it: the ministry of
# a later year's file would add up to something else, and is then left for a person to name.
LAYOUTS = (
    Layout("population-2017-lsoa11", "lsoa11_code", "total_population", 2017, persons=58_744_595),
    Layout("population-2019-lsoa11", "lsoa11_code", "total_population", 2019, persons=59_439_840),
    Layout("population-2020-lsoa11", "lsoa11_code", "total_population", 2020, persons=59_719_724),
    Layout("population-2020-district", "ltla21_code", "total_population", 2020, persons=59_719_724),
    Layout("population-2024-district", "Code", "All ages", 2024, persons=61_806_682),
    Layout("population-2024-lsoa21-trafford", "area_code", "all_ages", sex="sex", when="period"),
)
