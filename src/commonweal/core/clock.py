"""The one clock: every date and instant is asked of it, so that tests and the example can set the time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_arrived: ContextVar[datetime | None] = ContextVar("arrived", default=None)
_fixed: ContextVar[datetime | None] = ContextVar("fixed_instant", default=None)


def now() -> datetime:
    """This instant, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def arrived() -> datetime:
    """When the request at hand came in, before it waited for anything; now, where there is none."""
    return _arrived.get() or now()


@contextmanager
def arriving() -> Iterator[None]:
    """Inside the block a request is answered that came in as the block began."""
    token = _arrived.set(now())
    try:
        yield
    finally:
        _arrived.reset(token)


def nanoseconds() -> int:
    """Nanoseconds since 1970, of the fixed instant where there is one."""
    instant = _fixed.get()
    return int(instant.timestamp() * 1_000_000) * 1000 if instant else time.time_ns()


def today() -> date:
    """The date on the wall in London."""
    return now().astimezone(LONDON).date()


def local_day(instant: datetime) -> date:
    """The date in London at an instant."""
    return instant.astimezone(LONDON).date()


@contextmanager
def fixed(instant: datetime) -> Iterator[None]:
    """Inside the block the clock stands still at `instant`."""
    if instant.tzinfo is None:
        raise ValueError("a fixed instant needs its time zone")
    token = _fixed.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
