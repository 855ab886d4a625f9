"""The Participation Survey (Department for Culture, Media and Sport): England's headlines, extracts for a place.

Slugs are dcms-participation- and the kebab case of the question (headlines) or of the description (extracts),
without "in the last 12 months" and without footnote numbers. A question with several responses has
category_type "response"; one with a single row is the whole. Values are rounded per cents, count is the number
of respondents (unweighted), denominator their base. A 0 with neither count nor base in the earlier year was not
asked then, and its value is empty. The extracts do not name their place: the one for Newcastle upon Tyne is
known by its numbers; another would be mapped by a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.matching import has_only_columns, normal, sheet_with
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import numbers, slug
from commonweal.lake.readers.periods import period
from commonweal.lake.readers.sheets import WHY_NO_NUMBER, Problem, column, kept_rows

ENGLAND, NEWCASTLE = "E92000001", "E08000021"
_PERCENT = re.compile(r"percentage of respondents (\d{4}/\d\d)")
_FOOTNOTE = re.compile(r"\s*\[(?:note \d+|r)\]", re.IGNORECASE)
_RECENTLY = re.compile(r"\s*\bin the last 12 months\s*$", re.IGNORECASE)
_NEWCASTLE = frozenset(  # description, respondents and base of one row of each of its three extracts
    (("Adults who engaged with arts in person", "580", "643"), ("A cinema screening", "351", "643"),
     ("Read books or graphic novels", "398", "643"))
)


def is_headlines(opened: Opened) -> bool:
    """Questions and responses with per cent, respondents and base of one year or more."""
    sheet = sheet_with(opened, ("Question", "Response Breakdown"))
    return sheet is not None and bool(_years(sheet))


def is_newcastle(opened: Opened) -> bool:
    """An extract that holds one of the rows only Newcastle upon Tyne's do."""
    sheet = sheet_with(opened, ("Description",))
    if sheet is None or len(_years(sheet)) != 1 or not has_only_columns(opened, ("Description", *_trio(sheet))):
        return False
    columns = [column(sheet, name).to_pylist() for name in ("Description", *_trio(sheet)[1:])]
    return not _NEWCASTLE.isdisjoint(zip(*columns, strict=True))


def read_headlines(opened: Opened) -> Iterable[ReadTable]:
    """One observation a response and year."""
    sheet = sheet_with(opened, ("Question", "Response Breakdown"))
    if sheet is None:
        return
    questions = [_bare(name) for name in column(sheet, "Question").to_pylist()]
    responses = [_FOOTNOTE.sub("", name) for name in column(sheet, "Response Breakdown").to_pylist()]
    whole = [questions.count(question) == 1 for question in questions]
    columns = {
        "indicator": pa.array([_slug(question) for question in questions]),
        "category_type": pa.array(["" if one else "response" for one in whole]),
        "category": pa.array(["" if one else response or "blank as published"
                              for one, response in zip(whole, responses, strict=True)]),
    }
    for year in _years(sheet):
        yield _observations(sheet, year, columns, area=("country", ENGLAND))


def read_newcastle(opened: Opened) -> Iterable[ReadTable]:
    """One observation a description."""
    sheet = sheet_with(opened, ("Description",))
    if sheet is None:
        return
    described = column(sheet, "Description").to_pylist()
    columns = {"indicator": pa.array([_slug(_bare(name)) for name in described])}
    yield _observations(sheet, _years(sheet)[0], columns, area=("district", NEWCASTLE))


def _years(sheet: Sheet) -> tuple[str, ...]:
    found = (_PERCENT.fullmatch(normal(name)) for name in sheet.columns)
    return tuple(one[1] for one in found if one is not None)


def _trio(sheet: Sheet, year: str = "") -> tuple[str, str, str]:
    """The columns of one year: per cent, respondents, base."""
    when = year or _years(sheet)[0]
    return f"Percentage of respondents {when}", f"{when} No. of respondents", f"{when} Base"


def _bare(name: str) -> str:
    return _RECENTLY.sub("", _FOOTNOTE.sub("", " ".join(name.split())))


def _slug(name: str) -> str:
    return f"dcms-participation-{slug(name)}"


def _observations(sheet: Sheet, year: str, columns: dict[str, pa.Array], *, area: tuple[str, str]) -> ReadTable:
    percent, respondents, base = (numbers(column(sheet, name)) for name in _trio(sheet, year))
    not_asked = pc.and_(pc.is_null(respondents.value), pc.is_null(base.value))
    not_asked = pc.and_(not_asked, pc.fill_null(pc.equal(percent.value, 0.0), False))
    span = period(year)
    return kept_rows(
        "observations",
        sheet,
        {
            **columns,
            "area_kind": area[0],
            "area_code": area[1],
            "period": year,
            "period_start": span.start,
            "period_end": span.end,
            "value": pc.if_else(not_asked, pa.scalar(None, pa.float64()), percent.value),
            "count": respondents.value,
            "denominator": base.value,
            "unit": "percent",
            "note": pc.if_else(not_asked, "not asked in this year", percent.note),
        },
        (Problem(percent.bad, _trio(sheet, year)[0], WHY_NO_NUMBER, column(sheet, _trio(sheet, year)[0])),),
    )


register(Reader("dcms-participation-survey", 1, is_headlines, read_headlines))
register(Reader("dcms-participation-survey-newcastle", 1, is_newcastle, read_newcastle))
