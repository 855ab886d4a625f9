"""Deadlines as people say them: a day and an hour in London, also on the nights when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from commonweal.core.clock import LONDON
from commonweal.core.errors import Refused


def london_instant(day: date, hour: time) -> datetime:
    """The instant at which clocks in London show that hour; of an hour that comes twice, the second.

    Refused: an hour that clocks skip when they go forward.
    """
    naive = datetime.combine(day, hour.replace(second=0, microsecond=0, tzinfo=None))
    late = naive.replace(tzinfo=LONDON, fold=1).astimezone(UTC)
    if late.astimezone(LONDON).replace(tzinfo=None) != naive:
        raise Refused(
            f"There is no {hour:%H:%M} on {day:%-d %B %Y}: clocks skip it that night. Choose another hour.")
    return late


def comes_twice(instant: datetime) -> bool:
    """Whether clocks in London show its hour twice that night."""
    local = instant.astimezone(LONDON)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def said(instant: datetime) -> str:
    """Day, hour and which time that is, in words that leave no doubt."""
    local = instant.astimezone(LONDON)
    again = ", the second time clocks show it that night" if comes_twice(instant) and local.fold else ""
    return f"{local:%-d %B %Y, %H:%M} {local:%Z}{again}"


def exactly(instant: datetime) -> str:
    """To the millionth of a second, in London."""
    local = instant.astimezone(LONDON)
    return f"{local:%-d %B %Y, %H:%M:%S.%f} {local:%Z}"
