"""The many ways publishers write a period, each as its label and a half-open pair of dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for month in names.split()
}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_TO = r"\s*(?:-|–|to)\s*"
_LONGEST_POOL = 30


@dataclass(frozen=True, slots=True)
class Period:
    """A period as published (`label`), from `start` up to but not including `end`."""

    label: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Periods:
    """A column of periods; `bad` is true where the text names no period."""

    label: pa.Array
    start: pa.Array
    end: pa.Array
    bad: pa.Array


class UnknownPeriod(ValueError):
    """A text that names no period this module knows."""


def period(text: str, *, year_starts: int = 4, dash_is_month: bool = True) -> Period:
    """The period a text names.

    Reads 2023, 2023-04, 2023-04-01, 2023-04-01/P3M, 2015/16, 2015-16, 2015 - 17, 2020/21 - 24/25, March 2023,
    Mar-23, May 2022 to Mar 2023, 04/2020-03/2021, Q1 2023/24, 2023 Q1, DD/MM/YYYY, DD/MM/YY and 14 Apr 2023.
    A split year starts in month `year_starts` (4 financial, 9 academic); "2011-12" is December 2011 unless
    `dash_is_month` is false.
    Raises UnknownPeriod.
    """
    label = " ".join(text.split())
    for pattern, build in _STYLES:
        found = pattern.fullmatch(label.lower())
        if found is None:
            continue
        try:
            span = build(found, year_starts, dash_is_month)
        except (ValueError, OverflowError):  # no such day, or none after it
            continue
        if span is not None and span[0] < span[1]:
            return Period(label, *span)
    raise UnknownPeriod(f'"{label}" is not a period that can be read: write it as 2023/24, 2023-04 or March 2023')


def periods(column: pa.Array | pa.ChunkedArray, *, year_starts: int = 4) -> Periods:
    """A column of periods, each different text read once.

    "2011-12" is a year where another cell of the column can only be one ("2012-13"), else a month.
    """
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    coded = pc.dictionary_encode(pc.fill_null(pc.cast(whole, pa.string()), ""))
    texts = coded.dictionary.to_pylist()
    dash_is_month = not any(_only_a_year(text) for text in texts)
    read = [_or_none(text, year_starts, dash_is_month) for text in texts]
    return Periods(
        pa.array([" ".join(text.split()) for text in texts], pa.string()).take(coded.indices),
        pa.array([span.start if span else None for span in read], pa.date32()).take(coded.indices),
        pa.array([span.end if span else None for span in read], pa.date32()).take(coded.indices),
        pa.array([span is None for span in read], pa.bool_()).take(coded.indices),
    )


def _or_none(text: str, year_starts: int, dash_is_month: bool) -> Period | None:
    try:
        return period(text, year_starts=year_starts, dash_is_month=dash_is_month)
    except UnknownPeriod:
        return None


def _only_a_year(text: str) -> bool:
    found = re.fullmatch(r"\s*(\d{4})-(\d\d)\s*", text)
    return bool(found) and int(found[2]) > 12 and int(found[2]) == (int(found[1]) + 1) % 100  # type: ignore[index]


_Span = tuple[date, date]
_Build = Callable[[re.Match[str], int, bool], _Span | None]


def _months_on(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, day.day)


def _split_year(first: int, last: str, year_starts: int) -> _Span | None:
    """2015/16: the twelve months from the month a year of this kind starts in."""
    if int(last) % 100 != (first + 1) % 100:
        return None
    return date(first, year_starts, 1), date(first + 1, year_starts, 1)


def _year(found: re.Match[str], _starts: int, _dash: bool) -> _Span:
    return date(int(found[1]), 1, 1), date(int(found[1]) + 1, 1, 1)


def _month(found: re.Match[str], starts: int, dash_is_month: bool) -> _Span | None:
    year, second = int(found[1]), int(found[2])
    if dash_is_month and 1 <= second <= 12:
        first = date(year, second, 1)
        return first, _months_on(first, 1)
    return _split_year(year, found[2], starts)


def _day(found: re.Match[str], _starts: int, _dash: bool) -> _Span:
    month = _MONTHS.get(found["m"]) or int(found["m"])
    first = date(_whole_year(found["y"]), month, int(found["d"]))
    return first, first + timedelta(days=1)


def _whole_year(digits: str) -> int:
    """23 is 2023: two digits are of this century."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _duration(found: re.Match[str], _starts: int, _dash: bool) -> _Span:
    first = date.fromisoformat(found[1])
    amount, unit = int(found[2]), found[3]
    if unit in "dw":
        return first, first + timedelta(days=amount * (7 if unit == "w" else 1))
    return first, _months_on(first, amount * (12 if unit == "y" else 1))


def _financial(found: re.Match[str], starts: int, _dash: bool) -> _Span | None:
    return _split_year(int(found[1]), found[2], starts)


def _calendar_years(found: re.Match[str], _starts: int, _dash: bool) -> _Span | None:
    """2015 - 17: whole years pooled; a longer run than anybody pools is something else."""
    first, last = int(found[1]), int(found[2])
    last += first // 100 * 100 if last < 100 else 0
    last += 100 if last < first else 0
    return (date(first, 1, 1), date(last + 1, 1, 1)) if last - first <= _LONGEST_POOL else None


def _financial_years(found: re.Match[str], starts: int, _dash: bool) -> _Span | None:
    first = _split_year(int(found[1]), found[2], starts)
    begin = int(found[3])
    begin += int(found[1]) // 100 * 100 if begin < 100 else 0
    last = _split_year(begin, found[4], starts)
    return (first[0], last[1]) if first and last else None


def _named_month(found: re.Match[str], _starts: int, _dash: bool) -> _Span:
    year = _whole_year(found["y"])
    first = date(year, _MONTHS[found["m"]], 1)
    return first, _months_on(first, 1)


def _named_months(found: re.Match[str], _starts: int, _dash: bool) -> _Span:
    last_year = int(found["y2"])
    first_year = int(found["y1"] or last_year)
    first = date(first_year, _MONTHS[found["m1"]], 1)
    return first, _months_on(date(last_year, _MONTHS[found["m2"]], 1), 1)


def _numbered_months(found: re.Match[str], _starts: int, _dash: bool) -> _Span:
    first = date(int(found[2]), int(found[1]), 1)
    return first, _months_on(date(int(found[4]), int(found[3]), 1), 1)


def _days(found: re.Match[str], _starts: int, _dash: bool) -> _Span:
    first = date(int(found[3]), int(found[2]), int(found[1]))
    return first, date(int(found[6]), int(found[5]), int(found[4])) + timedelta(days=1)


def _quarter(found: re.Match[str], starts: int, _dash: bool) -> _Span | None:
    year, quarter = int(found["y"]), int(found["q"])
    if found["z"]:
        span = _split_year(year, found["z"], starts)
        if span is None:
            return None
        first = _months_on(span[0], 3 * (quarter - 1))
    else:
        first = date(year, 3 * quarter - 2, 1)
    return first, _months_on(first, 3)


def _styles() -> tuple[tuple[re.Pattern[str], _Build], ...]:
    """The styles in the order they are tried."""
    split = r"(?P<y>\d{4})(?:[/-](?P<z>\d\d(?:\d\d)?))?"
    styles: tuple[tuple[str, _Build], ...] = (
        (r"(\d{4})", _year),
        (r"(\d{4})-(\d\d)", _month),
        (r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?", _day),
        (r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4}|\d\d)(?: \d\d:\d\d(?::\d\d)?)?", _day),
        (rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<m>{_MONTH})[ -](?P<y>\d{{4}}|\d\d)", _day),
        (r"(\d{4}-\d\d-\d\d)(?:t00:00(?::00)?)?/p(\d+)([ymwd])", _duration),
        (r"(\d{4})/(\d\d(?:\d\d)?)", _financial),
        (rf"(\d{{4}}){_TO}(\d{{2}}|\d{{4}})", _calendar_years),
        (rf"(\d{{4}})[/-](\d\d){_TO}(\d\d(?:\d\d)?)[/-](\d\d)", _financial_years),
        (rf"(?P<m>{_MONTH})[ -](?P<y>\d{{4}}|\d\d)", _named_month),
        (rf"(?P<m1>{_MONTH})(?: (?P<y1>\d{{4}}))?{_TO}(?P<m2>{_MONTH}) (?P<y2>\d{{4}})", _named_months),
        (rf"(\d\d)/(\d{{4}}){_TO}(\d\d)/(\d{{4}})", _numbered_months),
        (rf"(\d\d)/(\d\d)/(\d{{4}}){_TO}(\d\d)/(\d\d)/(\d{{4}})", _days),
        (rf"q(?P<q>[1-4]) {split}", _quarter),
        (rf"{split} q(?P<q>[1-4])", _quarter),
    )
    return tuple((re.compile(pattern), build) for pattern, build in styles)


_STYLES = _styles()
