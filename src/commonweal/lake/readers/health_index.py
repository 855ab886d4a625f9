"""The Health Index for England (Office for National Statistics): overall, subdomains and indicators, 2015 to 2021.

Slugs: health-index-overall, health-index-domain-healthy-people (-lives, -places), health-index-subdomain-<name>,
health-index-<indicator>. Scores have 100 as England in 2015; indicators stand in their own units, which the file
does not give: the unit is filled only where the indicator's name settles it, and is empty for the rest (distances
among them). Districts are those of 2021, under the codes of then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.matching import sheet_with
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import area_kinds, melt, numbers, periods, slug
from commonweal.lake.readers.sheets import (
    WHY_NO_AREA,
    WHY_NO_NUMBER,
    WHY_NO_PERIOD,
    Problem,
    column,
    distinct,
    has_only,
    kept_rows,
)

_WHERE_WHEN = ("ltla21_code", "year")
_OVERALL = {
    "overall_score": "health-index-overall",
    "healthy_people_domain_score": "health-index-domain-healthy-people",
    "healthy_lives_domain_score": "health-index-domain-healthy-lives",
    "healthy_places_domain_score": "health-index-domain-healthy-places",
}
_SUBDOMAINS = ("Mental health", "Behavioural risk factors", "Access to green space", "Access to services", "Crime")
_UNITS = {
    "percent": (
        "Physical activity", "Sedentary behaviour", "Healthy eating", "Private outdoor space", "Smoking",
        "Overweight and obesity in adults", "Overweight and obesity in children", "Child poverty",
    ),
    "mean_0_10": ("Life satisfaction", "Happiness", "Activities in life are worthwhile", "Feelings of anxiety"),
    "years": ("Life expectancy",),
}
_UNIT_OF = {name: unit for unit, names in _UNITS.items() for name in names}


def is_overall(opened: Opened) -> bool:
    """Overall and domain scores."""
    sheet = sheet_with(opened, (*_WHERE_WHEN, *_OVERALL))
    return sheet is not None and has_only(sheet, *_WHERE_WHEN, *_OVERALL)


def is_subdomains(opened: Opened) -> bool:
    """A column for each subdomain."""
    return sheet_with(opened, (*_WHERE_WHEN, *_SUBDOMAINS)) is not None


def is_indicators(opened: Opened) -> bool:
    """One row an indicator, district and year."""
    sheet = sheet_with(opened, (*_WHERE_WHEN, "indicator", "value"))
    return sheet is not None and has_only(sheet, *_WHERE_WHEN, "indicator", "value")


def read_overall(opened: Opened) -> Iterable[ReadTable]:
    """Four scores a district and year."""
    sheet = sheet_with(opened, (*_WHERE_WHEN, *_OVERALL))
    return (_wide(sheet, tuple(_OVERALL), _OVERALL),) if sheet else ()


def read_subdomains(opened: Opened) -> Iterable[ReadTable]:
    """Fourteen scores a district and year."""
    sheet = sheet_with(opened, (*_WHERE_WHEN, *_SUBDOMAINS))
    if sheet is None:
        return ()
    names = [name for name in sheet.columns if name not in _WHERE_WHEN]
    return (_wide(sheet, names, {name: f"health-index-subdomain-{slug(name)}" for name in names}),)


def read_indicators(opened: Opened) -> Iterable[ReadTable]:
    """Fifty-six indicators a district and year, in their own units."""
    sheet = sheet_with(opened, (*_WHERE_WHEN, "indicator", "value"))
    if sheet is None:
        return ()
    names = {name: f"health-index-{slug(name)}" for name in distinct(column(sheet, "indicator"))}
    return (_observations(sheet, sheet.table, names, _UNIT_OF),)


def _wide(sheet: Sheet, names: Sequence[str], slugs: dict[str, str]) -> ReadTable:
    long = melt(sheet.table, _WHERE_WHEN, names, name="indicator")
    return _observations(sheet, long, slugs, dict.fromkeys(names, "score"))


def _observations(sheet: Sheet, long: pa.Table, slugs: dict[str, str], units: dict[str, str]) -> ReadTable:
    codes, when, cells = (long.column(name).combine_chunks() for name in ("ltla21_code", "year", "value"))
    span, values, kinds = periods(when), numbers(cells), area_kinds(codes)
    coded = pc.dictionary_encode(long.column("indicator").combine_chunks())
    named = coded.dictionary.to_pylist()
    columns = {
        "indicator": pa.array([slugs[name] for name in named]).take(coded.indices),
        "unit": pa.array([units.get(name, "") for name in named]).take(coded.indices),
        "area_kind": kinds,
        "area_code": codes,
        "period": span.label,
        "period_start": span.start,
        "period_end": span.end,
        "value": values.value,
        "note": values.note,
    }
    return kept_rows(
        "observations",
        sheet,
        columns,
        (
            Problem(pc.equal(kinds, ""), "ltla21_code", WHY_NO_AREA, codes),
            Problem(span.bad, "year", WHY_NO_PERIOD, when),
            Problem(values.bad, "value", WHY_NO_NUMBER, cells),
        ),
    )


register(Reader("health-index-england", 1, is_overall, read_overall))
register(Reader("health-index-england-subdomains", 1, is_subdomains, read_subdomains))
register(Reader("health-index-england-indicators", 1, is_indicators, read_indicators))
