"""Mid-year population estimates by single year of age: small areas of 2011 and 2021, and districts.

Table: population, one row an area, sex and year of age; "90+" is 90 to 120. Period is mid-<year>, starting on
30 June. Totals and age groups beside the single years are not repeated: they are their sums.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, RejectedRow, register
from commonweal.lake.readers.cells import area_kinds, mapped, numbers, periods, rows_for, text
from commonweal.lake.readers.wide import found, kept_out_at, known_areas, sheet_with, tidied

OLDEST = 120
_AGES = [str(age) for age in range(90)] + ["90+"]
_SEXES = {"": "persons", "persons": "persons", "females": "female", "males": "male"}


@dataclass(frozen=True, slots=True)
class Layout:
    """One table of ages: its columns of codes, sex and date, and the people who tell its year.

    `whole` is the code of the row for all areas together, where the table has one.
    """

    dataset: str
    code: str
    total: str
    year: int = 0
    sex: str = ""
    when: str = ""
    whole: str = ""
    persons: int = 0

    @property
    def wanted(self) -> frozenset[str]:
        """All columns by which it is recognised."""
        return frozenset({self.code, self.total, self.sex, self.when, *_AGES} - {""})


# The copies do not say their year, so the whole population tells it; a file of another year adds up to something
# else and is left for a person to name. Source: the files' own totals, which are the published national ones.
LAYOUTS = (
    Layout("population-2017-lsoa11", "lsoa11_code", "total_population", 2017, persons=58_744_595),
    Layout("population-2019-lsoa11", "lsoa11_code", "total_population", 2019, persons=59_439_840),
    Layout("population-2020-lsoa11", "lsoa11_code", "total_population", 2020, persons=59_719_724),
    Layout("population-2020-district", "ltla21_code", "total_population", 2020, persons=59_719_724),
    Layout("population-2024-district", "Code", "All ages", 2024, whole="K04000001", persons=61_806_682),
    Layout("population-2024-lsoa21-trafford", "area_code", "all_ages", 2024, sex="sex", when="period"),
)


def people_in(sheet: Sheet, code: str, total: str, whole: str = "") -> int:
    """The people in a column of totals: of the row `whole` where the table has one, else of all areas together."""
    table = tidied(sheet)
    codes = text(table.column(code))
    rows = pc.equal(codes, whole) if whole else pc.not_equal(area_kinds(codes), "")
    counted = pc.sum(numbers(table.column(total)).value.filter(rows)).as_py()
    return round(counted) if counted is not None else 0


def _recognises(layout: Layout, opened: Opened) -> bool:
    sheet = sheet_with(opened, layout.wanted)
    if sheet is None:
        return False
    if layout.when:
        return _years(sheet, layout.when) == {layout.year}
    return people_in(sheet, layout.code, layout.total, layout.whole) == layout.persons


def _years(sheet: Sheet, column: str) -> set[int]:
    """The years a column of dates speaks of."""
    starts = periods(tidied(sheet).column(column)).start
    return {year for year in pc.unique(pc.year(starts)).to_pylist() if year is not None}


def _read(layout: Layout, opened: Opened) -> Iterable[ReadTable]:
    sheet = found(opened, layout.wanted)
    table, kept_out, places = known_areas(sheet, layout.code)
    sexes = mapped(table.column(layout.sex), _sex) if layout.sex else pa.repeat("persons", table.num_rows)
    unknown = pc.equal(sexes, "")
    if pc.any(unknown, min_count=0).as_py():
        kept_out += kept_out_at(sheet, layout.sex, table.column(layout.sex), unknown, places=places)
        known = pc.invert(unknown)
        table, sexes, places = table.filter(known), sexes.filter(known), places.filter(known)
    ages, bad = _ages(sheet, table, places)
    yield ReadTable("population", _long(layout, table, sexes, ages), kept_out + bad)


def _sex(word: str) -> str:
    return _SEXES.get(word.lower(), "")


def _ages(sheet: Sheet, table: pa.Table, places: pa.Array) -> tuple[np.ndarray, tuple[RejectedRow, ...]]:
    """Counts, areas by ages; a cell that is no number is empty and reported."""
    counts = np.empty((table.num_rows, len(_AGES)))
    kept_out: tuple[RejectedRow, ...] = ()
    for at, age in enumerate(_AGES):
        read = numbers(table.column(age))
        counts[:, at] = read.value.to_numpy(zero_copy_only=False)
        if pc.any(read.bad, min_count=0).as_py():
            kept_out += kept_out_at(sheet, age, table.column(age), read.bad, places=places)
    return counts, kept_out


def _long(layout: Layout, table: pa.Table, sexes: pa.Array, counts: np.ndarray) -> pa.Table:
    """One row an area, sex and age, in the order of the areas' codes."""
    codes = text(table.column(layout.code))
    order = pc.sort_indices(pa.table({"code": codes, "sex": sexes}), [("code", "ascending"), ("sex", "ascending")])
    each = pa.array(np.repeat(order.to_numpy(), len(_AGES)))
    youngest = np.tile(np.arange(len(_AGES), dtype=np.int32), table.num_rows)
    return rows_for(
        "population", len(each), area_kind=area_kinds(codes).take(each), area_code=codes.take(each),
        period=f"mid-{layout.year}", period_start=date(layout.year, 6, 30), sex=sexes.take(each),
        age_from=pa.array(youngest), age_to=pa.array(np.where(youngest == 90, OLDEST, youngest).astype(np.int32)),
        count=pa.array(counts[order.to_numpy()].ravel(), from_pandas=True),
    )


for _one in LAYOUTS:
    register(Reader(_one.dataset, 1, partial(_recognises, _one), partial(_read, _one)))
