"""What a place is made of, lies in, and was before."""

from __future__ import annotations

from datetime import date

from commonweal.lake.gazetteer import gazetteer
from commonweal.lake.place_names import core, plain
from commonweal.lake.place_rows import PlaceRow, districts_in, row_of
from commonweal.lake.small_area_names import small_areas_elsewhen
from commonweal.lake.store import Store


def districts(store: Store) -> tuple[PlaceRow, ...]:
    """Every district of England in force, by name."""
    book = gazetteer(store)
    rows = [row_of(book, book.areas[code]) for code in book.districts if code in book.areas]
    return tuple(sorted(rows, key=lambda row: plain(row.name)))


def small_areas_of(store: Store, place: PlaceRow | str) -> tuple[str, ...]:
    """The codes of today's small areas (LSOAs) in a place of any kind; empty where none are known."""
    book = gazetteer(store)
    code = place if isinstance(place, str) else place.code
    if code in book.small_areas:
        return book.small_areas[code]
    parts = place.parts if isinstance(place, PlaceRow) else ()
    parts = parts or districts_in(book, code)
    if parts:
        return tuple(sorted({area for part in parts for area in book.small_areas.get(part, ())}))
    return small_areas_elsewhen(store, code)


def parents_of(store: Store, place: PlaceRow | str) -> tuple[PlaceRow, ...]:
    """What a place lies in: county, combined authority, region, country, nearest first."""
    book = gazetteer(store)
    code = place if isinstance(place, str) else place.code
    found: dict[str, None] = {}
    waiting = list(book.parents.get(code, ()))
    while waiting:
        parent = waiting.pop(0)
        if parent not in found and parent != code:
            found[parent] = None
            waiting += book.parents.get(parent, ())
    order = {"district": 0, "county": 1, "combined": 2, "icb": 3, "region": 4, "country": 5}
    rows = [row_of(book, book.areas[parent]) for parent in found if parent in book.areas]
    return tuple(sorted(rows, key=lambda row: (order.get(row.kind, 9), row.code)))


def region_of(store: Store, place: PlaceRow | str) -> PlaceRow | None:
    """The region a place lies in, if it lies in one."""
    codes = place.parts if isinstance(place, PlaceRow) and place.parts else (place,)
    found = {row.code: row for code in codes for row in parents_of(store, code) if row.kind == "region"}
    return next(iter(found.values())) if len(found) == 1 else None


def wards_of(store: Store, place: PlaceRow | str) -> tuple[PlaceRow, ...]:
    """The wards of a district that have small areas, by name."""
    book = gazetteer(store)
    code = place if isinstance(place, str) else place.code
    rows = [
        row_of(book, book.areas[ward]) for ward in book.children.get(code, ())
        if ward in book.small_areas and ward in book.areas and book.areas[ward].kind == "ward"
    ]
    return tuple(sorted(rows, key=lambda row: plain(row.name)))


def predecessors_of(store: Store, place: PlaceRow | str) -> tuple[PlaceRow, ...]:
    """The places of its own kind whose land a place took over, and the codes it once had, latest first."""
    book = gazetteer(store)
    code = place if isinstance(place, str) else place.code
    found: dict[str, None] = {}
    waiting = list(book.came_from.get(code, ()))
    while waiting:
        old = waiting.pop(0)
        if old not in found and old != code:
            found[old] = None
            waiting += book.came_from.get(old, ())
    kind = book.areas[code].kind if code in book.areas else ""
    rows = [row_of(book, book.areas[old]) for old in found if old in book.areas and book.areas[old].kind == kind]
    return tuple(sorted(rows, key=lambda row: (-(row.valid_to or date.min).toordinal(), row.code)))


def codes_of(store: Store, place: PlaceRow | str) -> tuple[str, ...]:
    """Every code publishers use for the very same place: its own first, then codes it had or has been given.

    Barnsley is E08000016, E08000038 (from 2025) and 00CC (until 2009). Merged districts are not the same place.
    """
    book = gazetteer(store)
    code = place if isinstance(place, str) else place.code
    mine = book.areas.get(code)
    same = [code]
    for other in (*book.becomes.get(code, ()), *book.came_from.get(code, ())):
        area = book.areas.get(other)
        if mine and area and core(area.name) == core(mine.name) and area.kind == mine.kind:
            same.append(other)
    return tuple(dict.fromkeys(same))
