"""iCalendar: days as days, hours in Europe/London with its clock changes written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

LONGEST = 75        # octets a line may have
HOUR = timedelta(hours=1)
ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Europe/London", "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100",
    "TZNAME:BST", "DTSTART:19810329T010000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
    "BEGIN:STANDARD", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "TZNAME:GMT", "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD", "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: a whole day, or from `begins` to `ends` (an hour where no end is known); `uid` never changes."""

    uid: str
    changed: datetime
    day: date
    title: str
    where: str
    about: str
    begins: time | None = None
    ends: time | None = None
    cancelled: bool = False
    link: str = ""


def calendar(entries: Iterable[Entry], *, name: str, product: str) -> bytes:
    """The whole feed."""
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Commonweal//{product}//EN", "METHOD:PUBLISH",
            "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{escaped(name)}", *ZONE]
    for one in entries:
        rows += list(_entry(one))
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


def _entry(one: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{one.uid}@commonweal"
    yield f"DTSTAMP:{one.changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if one.begins is None:
        yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
    else:
        begins = datetime.combine(one.day, one.begins)
        ends = datetime.combine(one.day, one.ends) if one.ends else begins + HOUR
        yield f"DTSTART;TZID=Europe/London:{begins:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID=Europe/London:{ends:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{escaped(one.title)}"
    yield f"LOCATION:{escaped(one.where)}"
    yield f"DESCRIPTION:{escaped(one.about)}"
    if one.link:
        yield f"URL:{one.link}"
    if one.cancelled:
        yield "STATUS:CANCELLED"
    yield "END:VEVENT"
