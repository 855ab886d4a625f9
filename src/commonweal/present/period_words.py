"""A period as people say it, whatever its publisher wrote: 04/2020-03/2021 is April 2020 to March 2021."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Callable

LONGEST_POOL = 30  # years: more than anybody pools is something else

_SHORT = {name[:3].lower(): name for name in month_name if name}
_Words = Callable[[re.Match[str]], str]


def said(label: str) -> str:
    """The period in words; one that is written as people say it already stays as it is."""
    text = " ".join(label.split())
    for pattern, words in _STYLES:
        found = pattern.fullmatch(text)
        if found and (written := words(found)):
            return written
    return text


def _month(number: str) -> str:
    return month_name[int(number)] if 1 <= int(number) <= 12 else ""


def _months(found: re.Match[str]) -> str:
    first, last = _month(found[1]), _month(found[3])
    if not first or not last:
        return ""
    return f"{first} to {last} {found[4]}" if found[2] == found[4] else f"{first} {found[2]} to {last} {found[4]}"


def _one_month(found: re.Match[str]) -> str:
    return f"{_month(found[2])} {found[1]}" if _month(found[2]) else ""


def _named(found: re.Match[str]) -> str:
    name = _SHORT.get(found[1][:3].lower(), "")
    return f"{name} {found[2]}" if name.lower().startswith(found[1].lower()[:3]) and name else ""


def _pooled(found: re.Match[str]) -> str:
    last = int(found[1][:2] + found[2]) if len(found[2]) == 2 else int(found[2])
    last += 100 if last < int(found[1]) else 0
    if found[0] == f"{found[1]}-{(int(found[1]) + 1) % 100:02d}":
        return found[0].replace("-", "/")  # 2012-13 is one year that begins in spring or autumn
    return f"{found[1]} to {last}" if last - int(found[1]) <= LONGEST_POOL else ""


def _pooled_split(found: re.Match[str]) -> str:
    first, last = found[1], found[3]
    whole = last if len(last) == 4 else f"{first[:2]}{last}"
    return f"{first}/{found[2]} to {whole}/{found[4]}"


def _lasting(found: re.Match[str]) -> str:
    """ISO 8601: a first day and so many months or years."""
    year, month = int(found[1]), int(found[2])
    months = int(found[3]) * (12 if found[4] == "Y" else 1)
    if not 1 <= month <= 12 or months < 1:
        return ""
    if months == 1:
        return f"{month_name[month]} {year}"
    if months == 12 and month in (1, 4):
        return str(year) if month == 1 else f"{year}/{(year + 1) % 100:02d}"
    end = year * 12 + month - 1 + months - 1
    last, last_year = month_name[end % 12 + 1], end // 12
    return f"{month_name[month]} to {last} {year}" if last_year == year else (
        f"{month_name[month]} {year} to {last} {last_year}"
    )


_STYLES: tuple[tuple[re.Pattern[str], _Words], ...] = (
    (re.compile(r"(\d\d)/(\d{4})\s*-\s*(\d\d)/(\d{4})"), _months),
    (re.compile(r"(\d{4})-(\d\d)"), _one_month),
    (re.compile(r"([A-Za-z]{3,9})\.?[ -](\d{4})"), _named),
    (re.compile(r"(\d{4})\s*[-–]\s*(\d{4}|\d\d)"), _pooled),
    (re.compile(r"(\d{4})/(\d\d)\s*[-–]\s*(\d{4}|\d\d)/(\d\d)"), _pooled_split),
    (re.compile(r"(\d{4})/\d\d(\d\d)"), lambda found: f"{found[1]}/{found[2]}"),
    (re.compile(r"(\d{4})-(\d\d)-01/P(\d+)([MY])"), _lasting),
)
