"""The sheets of the ONS Subnational indicators explorer: five rows above the header, then a value a district.

Each of its 25 indicator sheets is one part of the data set. Slugs: ons4-life-satisfaction, ons4-worthwhile,
ons4-happiness, ons4-anxiety, and ons-subnational-<indicator> for the rest. The note is the sheet's own: which
codes are obsolete and what replaced them. Limits are read where they are 95% limits (99.8% ones are left). The
data dictionary gives the `indicators` table, polarity in Fingertips' words: High is good, Low is good.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.matching import normal, sheet_with
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import Numbers, area_kinds, numbers, rows_for, slug
from commonweal.lake.readers.periods import Period, UnknownPeriod, period
from commonweal.lake.readers.sheets import (
    WHY_NO_AREA,
    WHY_NO_NUMBER,
    WHY_NO_PERIOD,
    Problem,
    column,
    kept_rows,
    mapped,
    optional,
)

_ONS4 = {
    "average life satisfaction rating": "ons4-life-satisfaction",
    "average feeling that things done in life are worthwhile rating": "ons4-worthwhile",
    "average happiness rating": "ons4-happiness",
    "average anxiety rating": "ons4-anxiety",
}
_NAME = "Indicator"
_SHORTENED = "Shortened (name in jitter plot visualisation)"
_POLARITY = "Are higher values represented positively or negatively in the jitter plot visualisation?"
_DICTIONARY = (_NAME, _SHORTENED, "Description", _POLARITY, "Measure")
_MEASURES = {"percentage": "percent", "years": "years", "pounds": "pounds", "number of dwellings": "count"}


def slug_of(name: str) -> str:
    """The slug of an indicator by its name in a sheet or in the dictionary (one sheet says "prevalance")."""
    known = _ONS4.get(normal(name))
    return known or f"ons-subnational-{slug(name.replace('prevalance', 'prevalence'))}"


def is_sheet(opened: Opened) -> bool:
    """An indicator's sheet: Area Code and Area under rows that say Indicator, Date and Geography."""
    sheet = sheet_with(opened, ("Area Code", "Area"))
    if sheet is None or len(sheet.columns) < 3:
        return False
    return _above(sheet).keys() >= {"indicator", "date", "geography"}


def read_sheet(opened: Opened) -> Iterable[ReadTable]:
    """One observation an area."""
    sheet = sheet_with(opened, ("Area Code", "Area"))
    return (_observations(sheet, _above(sheet)),) if sheet is not None else ()


def is_dictionary(opened: Opened) -> bool:
    """The sheet that says what each indicator is."""
    return sheet_with(opened, _DICTIONARY) is not None


def read_dictionary(opened: Opened) -> Iterable[ReadTable]:
    """One row an indicator."""
    sheet = sheet_with(opened, _DICTIONARY)
    if sheet is None:
        return ()
    names, measures = column(sheet, _NAME), column(sheet, "Measure").to_pylist()
    rows = rows_for(
        "indicators",
        len(names),
        indicator=[slug_of(name) for name in names.to_pylist()],
        name=names,
        definition=column(sheet, "Description"),
        unit=[unit_of(name, measure) for name, measure in zip(names.to_pylist(), measures, strict=True)],
        polarity=mapped(column(sheet, _POLARITY), {"positive": "High is good", "negative": "Low is good"}),
        publisher_id="",
    )
    return (ReadTable("indicators", rows.filter(pc.not_equal(names, ""))),)


def unit_of(name: str, measure: str) -> str:
    """The unit, as core.figure names it, from an indicator's name and what its sheet or dictionary measures."""
    if normal(name) in _ONS4:
        return "mean_0_10"
    words = normal(measure)
    if "%" in words or words.startswith("percentage"):
        return "percent"
    return _MEASURES.get(words) or ("years" if "life expectancy" in normal(name) else "")


def _above(sheet: Sheet) -> dict[str, str]:
    """What the rows above the header say: indicator, date, coverage, geography."""
    return {
        normal(row[0]).rstrip(": "): row[1].strip()
        for row in sheet.preamble
        if len(row) > 1 and row[0].strip().endswith(":")
    }


def _observations(sheet: Sheet, said: dict[str, str]) -> ReadTable:
    name, span = said["indicator"], _date(said["date"])
    codes, value_column = column(sheet, "Area Code"), sheet.columns[2]
    values, kinds, length = numbers(column(sheet, value_column)), area_kinds(codes), sheet.table.num_rows
    notes = _on_one_line(optional(sheet, "Notes"))
    lower, upper = _limit(sheet, "lower"), _limit(sheet, "upper")
    columns = {
        "indicator": slug_of(name),
        "area_kind": kinds,
        "area_code": codes,
        "period": said["date"],
        "period_start": span.start if span else None,
        "period_end": span.end if span else None,
        "sex": _sex(name),
        "value": values.value,
        "lower95": lower.value if lower else None,
        "upper95": upper.value if upper else None,
        "unit": unit_of(name, value_column),
        "note": pc.if_else(pc.not_equal(values.note, ""), _both(values.note, notes), notes),
    }
    undated = pa.repeat(span is None, length)
    return kept_rows(
        "observations",
        sheet,
        columns,
        (
            Problem(pc.equal(kinds, ""), "Area Code", WHY_NO_AREA, codes),
            Problem(undated, "Date", WHY_NO_PERIOD, pa.repeat(said["date"], length)),
            Problem(values.bad, value_column, WHY_NO_NUMBER, column(sheet, value_column)),
        ),
    )


def _date(text: str) -> Period | None:
    """The period of a sheet: as written, or its first word ("2021 Provisional")."""
    for words in (text, text.split(" ", maxsplit=1)[0]):
        try:
            return period(words)
        except UnknownPeriod:
            continue
    return None


def _limit(sheet: Sheet, side: str) -> Numbers | None:
    """The column of one 95% limit ("HLE Lower CI", "Lower CI 95.0 limit"), if there is one."""
    for name in sheet.columns:
        words = normal(name)
        if side in words and ("ci" in words.split() or "limit" in words) and "99.8" not in words:
            return numbers(column(sheet, name))
    return None


def _sex(name: str) -> str:
    return {"female": "female", "male": "male"}.get(normal(name).partition(" ")[0], "persons")


def _on_one_line(cells: pa.Array) -> pa.Array:
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(cells, r"\s+", " "))


def _both(mark: pa.Array, notes: pa.Array) -> pa.Array:
    """A missing value's mark, then the sheet's note where it has one."""
    return pc.if_else(pc.equal(notes, ""), mark, pc.binary_join_element_wise(mark, notes, "; "))


register(Reader("ons-subnational-indicators", 1, is_sheet, read_sheet))
register(Reader("ons-subnational-dictionary", 1, is_dictionary, read_dictionary))
