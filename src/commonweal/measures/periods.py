"""The periods for which returns are asked: whole months from a first day, cut where the plan ends."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """From its first day to its last, both counted."""

    first: date
    last: date


def after_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month where it is shorter."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def periods(begins: date, ends: date | None, every: int, *, before: date) -> Iterator[Period]:
    """Those that are over on the day `before`, oldest first."""
    number = 0
    while True:
        first = after_months(begins, number * every)
        last = after_months(begins, (number + 1) * every) - timedelta(days=1)
        if ends is not None:
            last = min(last, ends)
        if last < first or last >= before:
            return
        yield Period(first, last)
        number += 1


def period_words(first: date, last: date) -> str:
    """A period as it is said: October to December 2026, or 5 January to 4 July 2026."""
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    if whole and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    form = "%B" if whole else "%-d %B"
    begin = first.strftime(form if first.year == last.year else f"{form} %Y")
    return f"{begin} to {last.strftime(f'{form} %Y')}"
