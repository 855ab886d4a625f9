"""The Community Needs Index 2023 and 2019 of OCSI and Local Trust: what communities lack to act together.

Slugs: cni2023-score, cni2023-rank, cni2023-civic-assets-score, -rank, cni2023-connectedness-score, -rank,
cni2023-engaged-community-score, -rank, cni2023-left-behind (1 where also among the most deprived tenth, as the
file's compilers worked out), and the same with cni2019 for wards of 2017. High scores are need; rank 1 the most.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import Period, text
from commonweal.lake.readers.wide import Measure, found, sheet_with, tidied, wide_observations

_LEFT_BEHIND = "Left Behind Area?"
_PERIODS = {
    2019: Period("2019", date(2019, 1, 1), date(2020, 1, 1)),
    2023: Period("2023", date(2023, 1, 1), date(2024, 1, 1)),
}
_DOMAINS = {
    2019: {
        "Community Needs Index": "cni2019", "Civic Assets": "cni2019-civic-assets",
        "Connectedness": "cni2019-connectedness", "Engaged community": "cni2019-engaged-community",
    },
    2023: {
        "Community Needs Index 2023": "cni2023", "Civic Assets Domain": "cni2023-civic-assets",
        "Connectedness Domain": "cni2023-connectedness",
        "Active and Engaged Community Domain": "cni2023-engaged-community",
    },
}
_WORDS = {2019: ("score", "rank"), 2023: ("Score", "Rank")}
# The compilers' tidy copy, and the index's own file (which has no left-behind flag).
_CODES = {2019: ("ward17_code", "Ward Code"), 2023: ("lsoa21_code", "LSOA Code")}


def _measures(year: int) -> list[Measure]:
    return [
        Measure(f"{words} {measure}", f"{stem}-{measure.lower()}", measure.lower())
        for words, stem in _DOMAINS[year].items()
        for measure in _WORDS[year]
    ]


def _code(year: int, opened: Opened) -> str:
    """The column of area codes the file has, empty where it is not this index."""
    wanted = {measure.column for measure in _measures(year)}
    return next((code for code in _CODES[year] if sheet_with(opened, wanted | {code})), "")


def _recognises(year: int, opened: Opened) -> bool:
    return bool(_code(year, opened))


def _read(year: int, opened: Opened) -> Iterable[ReadTable]:
    code = _code(year, opened)
    measures = _measures(year)
    sheet = _flags_as_numbers(found(opened, {code, *(measure.column for measure in measures)}))
    if _LEFT_BEHIND in sheet.columns:
        measures.append(Measure(_LEFT_BEHIND, f"cni{year}-left-behind", "flag"))
    yield wide_observations(sheet, code=code, measures=measures, period=_PERIODS[year])


def _flags_as_numbers(sheet: Sheet) -> Sheet:
    """TRUE and FALSE as 1 and 0; anything else stays, to be kept out as no number."""
    table = tidied(sheet)
    if _LEFT_BEHIND not in table.column_names:
        return replace(sheet, table=table)
    flags = pc.utf8_lower(text(table.column(_LEFT_BEHIND)))
    for word, number in (("true", "1"), ("false", "0")):
        flags = pc.if_else(pc.equal(flags, word), number, flags)
    at = table.column_names.index(_LEFT_BEHIND)
    return replace(sheet, table=table.set_column(at, _LEFT_BEHIND, pa.chunked_array([flags])))


for _year in (2019, 2023):
    _name = {2019: "community-needs-index-2019-ward", 2023: "community-needs-index-2023-lsoa"}[_year]
    register(Reader(_name, 1, partial(_recognises, _year), partial(_read, _year)))
