"""What became of a place that is no more, and why, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from commonweal.lake.gazetteer import Gazetteer
from commonweal.lake.place_names import core
from commonweal.lake.place_rows import NoSuchPlace, PlaceRow, listed, name_of, standing_row, together


def older_code(book: Gazetteer, code: str) -> str:
    """The code in force here of a place that has been given a newer one."""
    older = [old for old in book.came_from.get(code, ()) if old in book.in_force]
    return older[0] if len(older) == 1 and code not in book.in_force else ""


def successor(book: Gazetteer, code: str, *, asked: str) -> PlaceRow:
    """What a place that is no more has become, and why, in a sentence."""
    ends = tuple(end for end in _ends(book, code) if end in book.areas)
    if not ends:
        if code in book.areas:
            return standing_row(book, code)
        raise NoSuchPlace(asked, sentence=f"{asked} is no longer in use, and what took its place is not stored.")
    note = _why(book, code, ends)
    if len(ends) == 1:
        return replace(standing_row(book, ends[0]), note=note)
    return together(book, ends, note)


def _ends(book: Gazetteer, code: str) -> tuple[str, ...]:
    """The places in force that a code has become, through every step between."""
    found: dict[str, None] = {}
    waiting, seen = [code], {code}
    while waiting:
        now = waiting.pop(0)
        if now != code and now in book.in_force:
            found[now] = None
            continue
        for new in (*book.becomes.get(now, ()), *filter(None, (older_code(book, now),))):
            if new not in seen:
                seen.add(new)
                waiting.append(new)
    return tuple(found)


def _why(book: Gazetteer, code: str, ends: Sequence[str]) -> str:
    old = book.areas.get(code)
    names = listed([name_of(book, end) for end in ends])
    if old is None or (len(ends) == 1 and core(old.name) == core(name_of(book, ends[0])) and old.valid_to is None):
        return f"{code} is another code of {names}; the data here use {listed(list(ends))}."
    when = f" on {_day(old.valid_to)}" if old.valid_to else ""
    return f"{old.name} ({code}) was abolished{when}; {names} took its place."


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
