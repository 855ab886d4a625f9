"""The Health Index for England (Office for National Statistics): overall, subdomains and indicators, 2015 to 2021.

Slugs: health-index-overall, health-index-domain-healthy-people (-lives, -places),
health-index-subdomain-<name>, health-index-<indicator>. Scores have 100 as England in 2015; indicators stand in
their own units, which the file does not give: the unit is filled only where the indicator's name settles it,
and is empty for the rest (distances among them). Where a publisher had no new figure, the year before stands
again in every district: such a value has the note "no new figure: as in 2019", naming the first year of the
run. Districts are those of 2021, under the codes of then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

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

_NEARLY_EVERY = 0.95
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
    return (_observations(sheet, sheet.table, names, _UNIT_OF, repeated=_repeated(sheet)),)


def _repeated(sheet: Sheet) -> pa.Array:
    """For each row the first of the years its indicator stood still in nearly every district, or ""."""
    cells = [column(sheet, name).to_pylist() for name in ("indicator", "year", "ltla21_code", "value")]
    values: dict[str, dict[str, dict[str, str]]] = {}
    for name, year, code, value in zip(*cells, strict=True):
        values.setdefault(name, {}).setdefault(year, {})[code] = value
    since: dict[tuple[str, str], str] = {}
    for name, years in values.items():
        ordered = sorted(years)
        for before, year in pairwise(ordered):
            still = sum(years[before].get(code) == value for code, value in years[year].items())
            if still > _NEARLY_EVERY * len(years[year]):
                since[name, year] = since.get((name, before), before)
    return pa.array([since.get(key, "") for key in zip(cells[0], cells[1], strict=True)], pa.string())


def _wide(sheet: Sheet, names: Sequence[str], slugs: dict[str, str]) -> ReadTable:
    long = melt(sheet.table, _WHERE_WHEN, names, name="indicator")
    return _observations(sheet, long, slugs, dict.fromkeys(names, "score"))


def _observations(
    sheet: Sheet, long: pa.Table, slugs: dict[str, str], units: dict[str, str], *, repeated: pa.Array | None = None
) -> ReadTable:
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
        "note": values.note if repeated is None else _told(values.note, repeated),
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


def _told(note: pa.Array, repeated: pa.Array) -> pa.Array:
    again = pc.binary_join_element_wise("no new figure: as in", repeated, " ")
    return pc.if_else(pc.and_(pc.equal(note, ""), pc.not_equal(repeated, "")), again, note)


register(Reader("health-index-england", 1, is_overall, read_overall))
register(Reader("health-index-england-subdomains", 1, is_subdomains, read_subdomains))
register(Reader("health-index-england-indicators", 2, is_indicators, read_indicators))
