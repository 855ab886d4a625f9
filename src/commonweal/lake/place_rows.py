"""What a place is once found, and the sentences for one that is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from commonweal.lake.gazetteer import Area, Gazetteer
from commonweal.lake.place_names import plain

TOGETHER = "districts"  # the kind of several districts taken together


class NoSuchPlace(LookupError):
    """No place goes by this name; the text gives the nearest names."""

    def __init__(self, asked: str, nearest: Sequence[str] = (), sentence: str = "") -> None:
        self.asked, self.nearest = asked, tuple(nearest)
        super().__init__(sentence or _no_such(asked, self.nearest))

    def __str__(self) -> str:
        return str(self.args[0])


class WhichPlace(NoSuchPlace):
    """Several places go by this name; the text gives them all, each in a form that finds it."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place: `parts` are the district codes it is made of (several districts together, a county, a region).

    `note` says in a sentence why this is what was asked for, where the name asked for was another.
    """

    kind: str
    code: str
    name: str
    vintage: int
    parts: tuple[str, ...] = ()
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def row_of(book: Gazetteer, area: Area, note: str = "") -> PlaceRow:
    """An area of the gazetteer as a place, with the districts it is made of."""
    parts = () if area.kind in ("district", "ward") else districts_in(book, area.code)
    vintage = book.vintages.get(area.code, area.vintage)
    return PlaceRow(area.kind, area.code, area.name, vintage, parts, note, area.valid_from, area.valid_to)


def standing_row(book: Gazetteer, code: str) -> PlaceRow:
    """The place a code in force stands for."""
    area = book.areas.get(code) or Area("district", code, code, 0)
    return row_of(book, area)


def together(book: Gazetteer, codes: tuple[str, ...], note: str) -> PlaceRow:
    """Several districts as one place, named after them all in order of the alphabet."""
    ordered = tuple(sorted(codes))
    if len(ordered) == 1:
        return replace(standing_row(book, ordered[0]), note=note)
    names = sorted((name_of(book, code) for code in ordered), key=plain)
    vintage = max(book.vintages.get(code, book.areas[code].vintage) for code in ordered)
    return PlaceRow(TOGETHER, "+".join(ordered), listed(names), vintage, ordered, note)


def districts_in(book: Gazetteer, code: str) -> tuple[str, ...]:
    """The districts in force under a county, combined authority, region or country."""
    found: set[str] = set()
    waiting, seen = [code], {code}
    while waiting:
        for child in book.children.get(waiting.pop(), ()):
            if child in book.districts:
                found.add(child)
            elif child not in seen:
                seen.add(child)
                waiting.append(child)
    return tuple(sorted(found))


def name_of(book: Gazetteer, code: str) -> str:
    """The name a code goes by, or the code itself."""
    area = book.areas.get(code)
    return area.name if area else code


def listed(names: Sequence[str]) -> str:
    """Names with "and" before the last."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def either(names: Sequence[str]) -> str:
    """Names with "or" before the last."""
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]


def _no_such(asked: str, nearest: Sequence[str]) -> str:
    if not nearest:
        return f"There is no place called “{asked}” in the published data. Give a district, county or postcode."
    return f"There is no place called “{asked}” in the published data. Did you mean {either(nearest)}?"
