"""Total population of small areas and wards, in files that give no age: mid-2022, 2019 and 2017.

Table: population, one row an area, aged 0 to 120, all persons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import area_kinds, numbers, rows_for, text
from commonweal.lake.readers.population_ages import OLDEST, people_in
from commonweal.lake.readers.wide import found, kept_out_at, known_areas, sheet_with


@dataclass(frozen=True, slots=True)
class Layout:
    """One table of totals; none says its year, so the people in all areas together tell it."""

    dataset: str
    code: str
    total: str
    year: int
    persons: int

    @property
    def wanted(self) -> frozenset[str]:
        """The columns by which it is recognised."""
        return frozenset({self.code, self.total})


LAYOUTS = (
    Layout("population-2022-lsoa21", "lsoacd", "population", 2022, 60_238_038),
    Layout("population-2019-small-areas-mysociety", "lsoa", "pop", 2019, 66_796_831),
    Layout("population-2017-ward", "Ward Code 1", "comparison_Population_Estimate", 2017, 58_744_595),
)


def _recognises(layout: Layout, opened: Opened) -> bool:
    sheet = sheet_with(opened, layout.wanted)
    return sheet is not None and people_in(sheet, layout.code, layout.total) == layout.persons


def _read(layout: Layout, opened: Opened) -> Iterable[ReadTable]:
    sheet = found(opened, layout.wanted)
    table, kept_out, places = known_areas(sheet, layout.code)
    codes, cells = text(table.column(layout.code)), table.column(layout.total)
    read = numbers(cells)
    rows = rows_for(
        "population", table.num_rows, area_kind=area_kinds(codes), area_code=codes, period=f"mid-{layout.year}",
        period_start=date(layout.year, 6, 30), age_from=0, age_to=OLDEST, count=read.value, sex="persons",
    )
    kept_out += kept_out_at(sheet, layout.total, cells, read.bad, places=places)
    yield ReadTable("population", rows.filter(pc.invert(read.bad)), kept_out)


for _one in LAYOUTS:
    register(Reader(_one.dataset, 1, partial(_recognises, _one), partial(_read, _one)))
