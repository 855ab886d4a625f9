"""Census 2021 by small area: ethnic group, disability, household deprivation and tenure, England and Wales.

Slugs: census2021-ethnicity, census2021-disability (of residents), census2021-household-deprivation,
census2021-tenure (of households), each with category as published, count, denominator and value in per cent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import Period, area_kinds, numbers, rows_for, text
from commonweal.lake.readers.wide import found, kept_out_at, known_areas, sheet_with

CENSUS_DAY = Period("2021", date(2021, 3, 21), date(2021, 3, 22))


@dataclass(frozen=True, slots=True)
class Layout:
    """One long table: a row an area and category, with the count, its base and the share."""

    dataset: str
    indicator: str
    category: str
    total: str
    category_type: str

    @property
    def wanted(self) -> frozenset[str]:
        """The columns by which it is recognised."""
        return frozenset({"lsoa21_code", self.category, self.total, "n", "prop"})


def _layout(topic: str, category: str, total: str, category_type: str) -> Layout:
    return Layout(f"census-2021-{topic}-lsoa21", f"census2021-{topic}", category, total, category_type)


LAYOUTS = (
    _layout("ethnicity", "ethnic_group", "total_residents", "Ethnic group"),
    _layout("disability", "disability", "total_residents", "Disability"),
    _layout("household-deprivation", "deprivation_dimensions", "total_households", "Household deprivation"),
    _layout("tenure", "tenure", "total_households", "Tenure"),
)


def _recognises(layout: Layout, opened: Opened) -> bool:
    return sheet_with(opened, layout.wanted) is not None


def _read(layout: Layout, opened: Opened) -> Iterable[ReadTable]:
    sheet = found(opened, layout.wanted)
    table, kept_out, places = known_areas(sheet, "lsoa21_code")
    codes = text(table.column("lsoa21_code"))
    count, base = numbers(table.column("n")), numbers(table.column(layout.total))
    bad = pc.or_(count.bad, base.bad)
    rows = rows_for(
        "observations", table.num_rows, indicator=layout.indicator, area_kind=area_kinds(codes), area_code=codes,
        period=CENSUS_DAY.label, period_start=CENSUS_DAY.start, period_end=CENSUS_DAY.end, unit="percent",
        category_type=layout.category_type, category=text(table.column(layout.category)),
        value=share(count.value, base.value), count=count.value, denominator=base.value, note=count.note,
    )
    kept_out += kept_out_at(sheet, "n", table.column("n"), bad, places=places)
    yield ReadTable("observations", rows.filter(pc.invert(bad)), kept_out)


def share(count: pa.Array, base: pa.Array) -> pa.Array:
    """100 count / base, empty where either is or the base is nought."""
    whole = pc.if_else(pc.equal(base, 0.0), pa.scalar(None, pa.float64()), base)
    return pc.divide(pc.multiply(count, 100.0), whole)


for _one in LAYOUTS:
    register(Reader(_one.dataset, 1, partial(_recognises, _one), partial(_read, _one)))
