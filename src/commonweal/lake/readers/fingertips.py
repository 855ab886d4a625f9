"""Fingertips indicators (Department of Health and Social Care), in short files made of them and as published.

The short kind has 7 or 10 columns: area_code, area_name, (area_type,) period, indicator, measure, unit or units,
value (, compared_to_England, inequality). The official file has about 27, read by name: columns come and go, and
"Compared to <parent type> ..." changes its name. Either goes to the data set of its indicators (fingertips.yaml),
or to fingertips-other when it holds any that have none. Slugs are the kebab case of the indicator's name.

Observations: sex from `inequality` or `unit` (short) or Sex; category from `inequality` or Category; note is the
publisher's mark or value note, else "compared with England: Better" and the like, the publisher's own test of
difference and all there is where no limits are published. Abolished districts stay under their old codes.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.matching import sheet_with
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import area_kinds, numbers, periods
from commonweal.lake.readers.fingertips_known import OTHER, Indicator, indicator, known_datasets, unit_of_measure
from commonweal.lake.readers.sheets import (
    WHY_NO_AREA,
    WHY_NO_NUMBER,
    WHY_NO_PERIOD,
    Problem,
    column,
    distinct,
    has_only,
    kept_rows,
    mapped,
    optional,
)

SHORT = ("area_code", "area_name", "period", "indicator", "measure", "value")
OFFICIAL = ("Indicator ID", "Indicator Name", "Area Code", "Area Type", "Time period", "Value")
_SEXES = {"male": "male", "female": "female", "males": "male", "females": "female"}
_COMPARED = "Compared to England value or percentiles"


def dataset_of(opened: Opened) -> str:
    """The data set a Fingertips file goes to, "" if it is not one."""
    sheet = short_sheet(opened)
    if sheet is not None:
        groups = {indicator(name).dataset for name in distinct(column(sheet, "indicator"))}
    else:
        sheet = sheet_with(opened, OFFICIAL)
        groups = {known.dataset for known in _official_indicators(sheet)} if sheet is not None else set()
    if not groups:
        return ""
    return groups.pop() if len(groups) == 1 else OTHER


def read(opened: Opened) -> Iterable[ReadTable]:
    """Observations of a Fingertips file of either layout."""
    sheet = short_sheet(opened)
    if sheet is not None:
        return (_short(sheet),)
    official = sheet_with(opened, OFFICIAL)
    return (_official(official),) if official is not None else ()


def short_sheet(opened: Opened) -> Sheet | None:
    """The sheet of the short kind: nothing but its seven or ten columns."""
    sheet = sheet_with(opened, SHORT)
    if sheet is None:
        return None
    extras = ((), ("area_type", "compared_to_England", "inequality"))
    layouts = ((*SHORT, unit, *extra) for unit in ("unit", "units") for extra in extras)
    return sheet if any(has_only(sheet, *layout) for layout in layouts) else None


def _short(sheet: Sheet) -> ReadTable:
    names, measures = column(sheet, "indicator"), column(sheet, "measure")
    unit, group = column(sheet, "unit", "units"), optional(sheet, "inequality")
    known = {name: indicator(name) for name in distinct(names)}
    by_group, by_unit = mapped(group, _SEXES), mapped(unit, _SEXES)
    category = pc.if_else(pc.or_(pc.not_equal(by_group, ""), _absent(group)), "", group)
    return _observations(
        sheet,
        known=[known[name] for name in names.to_pylist()],
        columns={
            "unit": [unit_of_measure(measure, known[name].unit)
                     for name, measure in zip(names.to_pylist(), measures.to_pylist(), strict=True)],
            "area_code": column(sheet, "area_code"),
            "sex": _first_filled(by_group, by_unit, "persons"),
            "age": "",
            "category_type": pc.if_else(pc.equal(category, ""), "", pc.if_else(
                pc.match_substring(category, "quintile"), "deprivation quintile", "inequality")),
            "category": category,
        },
        names=("period", "value", "compared_to_England"),
    )


def _official(sheet: Sheet) -> ReadTable:
    known = _official_indicators(sheet)
    return _observations(
        sheet,
        known=known,
        columns={
            "unit": [one.unit for one in known],
            "area_code": column(sheet, "Area Code"),
            "sex": mapped(optional(sheet, "Sex", "Gender"), _SEXES, "persons"),
            "age": optional(sheet, "Age"),
            "category_type": optional(sheet, "Category Type"),
            "category": optional(sheet, "Category"),
            "lower95": numbers(optional(sheet, "Lower CI 95.0 limit", "LowerCI95.0limit")).value,
            "upper95": numbers(optional(sheet, "Upper CI 95.0 limit", "UpperCI95.0limit")).value,
            "count": numbers(optional(sheet, "Count")).value,
            "denominator": numbers(optional(sheet, "Denominator")).value,
        },
        names=("Time period", "Value", _COMPARED),
        said=optional(sheet, "Value note"),
    )


def _official_indicators(sheet: Sheet) -> list[Indicator]:
    names, numbered = column(sheet, "Indicator Name").to_pylist(), column(sheet, "Indicator ID").to_pylist()
    pairs = list(zip(names, numbered, strict=True))
    known = {pair: indicator(*pair) for pair in set(pairs)}
    return [known[pair] for pair in pairs]


def _observations(
    sheet: Sheet,
    *,
    known: list[Indicator],
    columns: dict[str, object],
    names: tuple[str, str, str],
    said: pa.Array | None = None,
) -> ReadTable:
    """Observations of either layout; `names` are its columns of period, value and comparison with England."""
    codes, when, values = columns["area_code"], column(sheet, names[0]), numbers(column(sheet, names[1]))
    starts = {one.year_starts for one in known}
    span = periods(when, year_starts=starts.pop() if len(starts) == 1 else 4)
    compared = optional(sheet, names[2])
    told = pc.if_else(_absent(compared), "", pc.binary_join_element_wise("compared with England:", compared, " "))
    kinds = area_kinds(codes)
    whole = {
        **columns,
        "indicator": [one.slug for one in known],
        "area_kind": kinds,
        "period": span.label,
        "period_start": span.start,
        "period_end": span.end,
        "value": values.value,
        "note": _first_filled(said if said is not None else pa.repeat("", len(when)), values.note, told),
    }
    return kept_rows(
        "observations",
        sheet,
        whole,
        (
            Problem(pc.equal(kinds, ""), "area code", WHY_NO_AREA, codes),
            Problem(span.bad, names[0], WHY_NO_PERIOD, when),
            Problem(values.bad, names[1], WHY_NO_NUMBER, column(sheet, names[1])),
            *_repeats(sheet, whole),
        ),
    )


_KEY = ("indicator", "area_code", "period", "sex", "age", "category_type", "category", "unit")


def _repeats(sheet: Sheet, columns: dict[str, object]) -> tuple[Problem, ...]:
    """Rows that say again what a row above said: an area listed under each of its parents or area types."""
    length = sheet.table.num_rows
    parts = [given if isinstance(given, list) else given.to_pylist() if isinstance(given, pa.Array)
             else [given] * length for given in (columns[name] for name in _KEY)]
    seen: set[tuple[object, ...]] = set()
    again = []
    for key in zip(*parts, strict=True):
        again.append(key in seen)
        seen.add(key)
    if not any(again):
        return ()
    return (Problem(pa.array(again), "area code", "the same area, period and group are given by a row above"),)


def _absent(cells: pa.Array) -> pa.Array:
    return pc.is_in(pc.utf8_lower(cells), value_set=pa.array(["", "na", "not compared"]))


def _first_filled(first: pa.Array, second: pa.Array, otherwise: pa.Array | str) -> pa.Array:
    return pc.if_else(pc.not_equal(first, ""), first, pc.if_else(pc.not_equal(second, ""), second, otherwise))


def _register(dataset: str) -> None:
    register(Reader(dataset, 1, lambda opened: dataset_of(opened) == dataset, read))


for _dataset in (*known_datasets(), OTHER):
    _register(_dataset)
