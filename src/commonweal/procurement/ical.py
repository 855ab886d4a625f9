"""The public calendar of coming commissions as iCalendar: each day that somebody waits for is an entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from commonweal.present.ical import Entry, calendar
from commonweal.procurement.queries.pipeline import ComingLine


def calendar_of(lines: tuple[ComingLine, ...], name: str) -> bytes:
    """The whole feed; an entry's identifier never changes."""
    return calendar((entry for one in lines for entry in _entries(one)), name=name, product="Coming commissions")


def _entries(one: ComingLine) -> Iterator[Entry]:
    named: tuple[tuple[str, str, date | None, time | None], ...] = (
        ("talk", "Talk with suppliers", one.engage_on, one.engage_at),
        ("interest", "Last day to say you might take part", one.interest_by, None),
        ("start", "Starts", one.starts_on, None),
    )
    for key, words, day, hour in named:
        if day is not None:
            yield Entry(
                uid=f"{one.id}-{key}", changed=one.changed_at, day=day, begins=hour, title=f"{words}: {one.title}",
                where=one.engage_where if key == "talk" and one.engage_where else one.place,
                about=f"{one.plain} {one.whose}. {one.contact}",
            )
