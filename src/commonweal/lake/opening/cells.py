"""What a single cell looks like - number, date, code, marker - so that headers can be told from data."""

from __future__ import annotations

import re
from enum import StrEnum


class Look(StrEnum):
    """The looks that tell a cell of data from a label."""

    NUMBER = "number"
    DATE = "date"
    AREA = "area code"
    POSTCODE = "postcode"
    FLAG = "yes or no"
    ADDRESS = "web or e-mail address"
    SHAPE = "geometry"


_MARKERS = """
    * ** *** - -- -1* . .. ... : ? # c [c] k [k] s [s] u [u] w [w] x [x] z [z] low [low]
    na n/a n.a. nan null none (null) #n/a #ref! #value! #div/0! #name? #num! #null!
"""
MARKERS = frozenset(_MARKERS.split())

_NUMBER = re.compile(
    r"\(?[-+−]?[£$€�]?\s*[-+−]?((\d{1,3}(,\d{3})+|\d+)(\.\d*)?|\.\d+)([eE][-+]?\d+)?\s*%?\)?", re.ASCII
)
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    r"(\d{4}-\d{1,2}(-\d{1,2})?([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?(/P\w+)?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}( \d{1,2}:\d{2}(:\d{2})?)?"
    rf"|\d{{1,2}}(st|nd|rd|th)?[ -]{_MONTH}[ -]\d{{2,4}}|{_MONTH}[ -]\d{{2,4}})",
    re.IGNORECASE | re.ASCII,
)
_AREA = re.compile(r"[EWSNKJLM]\d{8}|95[A-Z]{2}\d\d[A-Z]\d|\d{2}[A-Z]{2}([A-Z]{2})?|9500\w\w?\w+", re.ASCII)
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE | re.ASCII)
_FLAG = frozenset(("true", "false", "yes", "no", "y", "n"))
_ADDRESS = re.compile(r"(https?://|www\.)\S+|[^@\s]+@[^@\s]+\.[a-z]+", re.IGNORECASE)
_SHAPE = re.compile(r"(MULTI)?(POINT|POLYGON|LINESTRING) ?Z? ?\(", re.IGNORECASE)


def is_marker(text: str) -> bool:
    """Whether a cell is empty or one of the marks publishers put where a value is missing or suppressed."""
    return not text or text.strip().lower() in MARKERS or not text.strip()


def is_number(text: str) -> bool:
    """Whether a cell is a number as people write one: 1,230.91, (12), £5, 12%, -3."""
    body = text.strip()
    return bool(_NUMBER.fullmatch(body))


def look_of(text: str) -> Look | None:
    """The look of one cell; None for plain words."""
    body = text.strip()
    if not body:
        return None
    if is_number(body):
        return Look.NUMBER
    if _AREA.fullmatch(body):
        return Look.AREA
    if _DATE.fullmatch(body):
        return Look.DATE
    if _POSTCODE.fullmatch(body):
        return Look.POSTCODE
    if body.lower() in _FLAG:
        return Look.FLAG
    if _ADDRESS.fullmatch(body):
        return Look.ADDRESS
    return Look.SHAPE if _SHAPE.match(body) else None
