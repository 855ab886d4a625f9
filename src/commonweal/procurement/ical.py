"""The public calendar as iCalendar: days as days, hours in Europe/London with its clock changes written out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from commonweal.procurement.queries.pipeline import ComingLine

LONGEST = 75        # octets a line may have
TALK = timedelta(hours=1)
ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Europe/London", "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100",
    "TZNAME:BST", "DTSTART:19810329T010000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
    "BEGIN:STANDARD", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "TZNAME:GMT", "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD", "END:VTIMEZONE",
)


def calendar_of(lines: tuple[ComingLine, ...], name: str) -> bytes:
    """The whole feed; each day of a commission is an event whose identifier never changes."""
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Commonweal//Coming commissions//EN", "METHOD:PUBLISH",
            "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{escaped(name)}", *ZONE]
    for one in lines:
        rows += list(_events(one))
    rows.append("END:VCALENDAR")
    return "".join(f"{folded(row)}\r\n" for row in rows).encode()


def escaped(text: str) -> str:
    """Text as the format wants it: no letter of it ends a line or a value."""
    plain = "".join(letter for letter in text if letter >= " " or letter in "\n\t")
    for letter, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(letter, written)
    return plain


def folded(row: str) -> str:
    """A line in pieces of 75 octets at most, no letter cut in two."""
    pieces, piece, size = list[str](), "", 0
    for letter in row:
        wide = len(letter.encode())
        if size + wide > LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + wide
    return "\r\n".join([*pieces, piece])


def _events(one: ComingLine) -> Iterator[str]:
    named = (("talk", "Talk with suppliers", one.engage_on, one.engage_at),
             ("interest", "Last day to say you might take part", one.interest_by, None),
             ("start", "Starts", one.starts_on, None))
    for key, words, day, hour in named:
        if day is not None:
            yield from _event(one, key, words, (day, hour))


def _event(one: ComingLine, key: str, words: str, when: tuple[date, time | None]) -> Iterator[str]:
    day, hour = when
    yield "BEGIN:VEVENT"
    yield f"UID:{one.id}-{key}@commonweal"
    yield f"DTSTAMP:{one.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if hour is None:
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    else:
        begins = datetime.combine(day, hour)
        yield f"DTSTART;TZID=Europe/London:{begins:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID=Europe/London:{begins + TALK:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{escaped(f'{words}: {one.title}')}"
    where = one.engage_where if key == "talk" and one.engage_where else one.place
    yield f"LOCATION:{escaped(where)}"
    yield f"DESCRIPTION:{escaped(f'{one.plain} {one.whose}. {one.contact}')}"
    yield "END:VEVENT"
