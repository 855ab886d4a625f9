"""Finds the place a person means, whatever they call it: name, code, postcode, abolished or spelt wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from commonweal.lake.gazetteer import ELSEWHERE, Area, Gazetteer, gazetteer
from commonweal.lake.place_family import (
    codes_of,
    districts,
    parents_of,
    predecessors_of,
    region_of,
    small_areas_of,
    wards_of,
)
from commonweal.lake.place_names import core, plain
from commonweal.lake.place_rows import (
    NoSuchPlace,
    PlaceRow,
    WhichPlace,
    either,
    name_of,
    row_of,
    standing_row,
    together,
)
from commonweal.lake.small_area_names import small_area
from commonweal.lake.store import Store
from commonweal.lake.successors import older_code, successor

__all__ = [
    "NoSuchPlace",
    "PlaceRow",
    "WhichPlace",
    "codes_of",
    "districts",
    "find_place",
    "find_places",
    "parents_of",
    "predecessors_of",
    "region_of",
    "small_areas_of",
    "suggest",
    "wards_of",
]

_CODE = re.compile(r"[A-Z]\d{8}|\d{2}[A-Z]{2}|\d{2}[A-Z]{4}")
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z0-9]?)\s*(\d[A-Z]{2})\.?")
_SMALL_AREA_NAME = re.compile(r".+ \d{3}[a-z]?", re.IGNORECASE)
_QUALIFIED = re.compile(r"(?P<name>.+?)\s*(?:,\s*(?P<after>[^,]+)|\((?P<inside>[^()]+)\))$")
POSTCODE_SETS = ("postcodes-nspl", "postcodes-onspd", "postcodes-nspl-tidy", "postcodes-by-area")


def find_place(store: Store, text: str) -> PlaceRow:
    """The place a text means: a name in any usual form, a code of any time, or a postcode.

    A name two places share gives the one in force, districts first. Raises NoSuchPlace with the nearest names,
    WhichPlace where several wards go by the name.
    """
    asked = " ".join(str(text).split())
    book = gazetteer(store)
    if not asked:
        raise NoSuchPlace(asked, sentence="Give the name of a place, its code or a postcode.")
    if not book.areas:
        raise NoSuchPlace(asked, sentence="No places are stored yet. Run 'commonweal pull' first.")
    capitals = asked.upper()
    if _CODE.fullmatch(capitals):
        return _by_code(store, book, capitals)
    if _POSTCODE.fullmatch(capitals):
        return _by_postcode(store, book, capitals)
    return _by_name(store, book, asked)


def find_places(store: Store, texts: Iterable[str]) -> PlaceRow:
    """Several districts as one place; anything else named among them brings the districts it is made of."""
    found = [find_place(store, text) for text in texts]
    if not found:
        raise NoSuchPlace("", sentence="Give the name of at least one place.")
    if len(found) == 1:
        return found[0]
    book = gazetteer(store)
    parts = dict.fromkeys(code for place in found for code in (place.parts or (place.code,)))
    wrong = [code for code in parts if code not in book.districts]
    if wrong:
        name = name_of(book, wrong[0])
        raise NoSuchPlace(name, sentence=f"{name} is not a district of England: only districts can be joined.")
    notes = tuple(dict.fromkeys(place.note for place in found if place.note))
    return together(book, tuple(parts), " ".join(notes))


def suggest(store: Store, text: str, *, most: int = 10) -> tuple[PlaceRow, ...]:
    """Places whose name begins like the text, then those most like it; for a box that fills as one types."""
    book = gazetteer(store)
    typed = plain(text)
    if not typed:
        return ()
    starts = [
        area for area in book.areas.values()
        if area.kind != "ward" and _standing(book, area) and (
            plain(area.name).startswith(typed) or core(area.name).startswith(typed)
        )
    ]
    starts.sort(key=lambda area: (area.code not in book.districts, plain(area.name)))
    alike = [code for name in book.nearest().to(text, most=most) for code in book.exact.get(plain(name), ())[:1]]
    codes = dict.fromkeys([area.code for area in starts] + [code for code in alike if code in book.areas])
    return tuple(row_of(book, book.areas[code]) for code in codes if _standing(book, book.areas[code]))[:most]


def _standing(book: Gazetteer, area: Area) -> bool:
    return area.code[:1] not in ELSEWHERE and (
        area.code in book.in_force or (area.kind != "district" and area.valid_to is None)
    )


def _by_code(store: Store, book: Gazetteer, code: str) -> PlaceRow:
    if code in book.in_force or (code in book.areas and not book.becomes.get(code) and not older_code(book, code)):
        return standing_row(book, code)
    if code in book.areas or code in book.becomes:
        return successor(book, code, asked=code)
    small = small_area(store, code=code)
    if small is None:
        raise NoSuchPlace(code, sentence=f"No area has the code {code} in the published data that is stored.")
    return small


def _by_postcode(store: Store, book: Gazetteer, text: str) -> PlaceRow:
    found = _POSTCODE.fullmatch(text)
    assert found is not None
    postcode = f"{found[1]} {found[2]}"
    held = [one.dataset for one in store.datasets() if "postcodes" in one.tables]
    for dataset in sorted(held, key=lambda key: POSTCODE_SETS.index(key) if key in POSTCODE_SETS else 99):
        table = store.table("postcodes", dataset)
        rows = store.arrow(table.filter(table.postcode == postcode).select("district_code")).to_pylist()
        if rows and rows[0]["district_code"]:
            place = _by_code(store, book, rows[0]["district_code"])
            return replace(place, note=" ".join(filter(None, (f"{postcode} is in {place.name}.", place.note))))
    raise NoSuchPlace(
        postcode, sentence=f"The postcode {postcode} is not in the postcode lists that are stored. "
        "Give the name of the district instead.",
    )


def _by_name(store: Store, book: Gazetteer, asked: str) -> PlaceRow:
    codes = book.exact.get(plain(asked)) or book.loose.get(core(asked)) or []
    if codes:
        return _chosen(book, asked, codes)
    qualified = _QUALIFIED.fullmatch(asked)
    if qualified:
        within = _within(book, qualified["name"], qualified["after"] or qualified["inside"])
        if within:
            return _chosen(book, asked, within)
    if _SMALL_AREA_NAME.fullmatch(asked):
        small = small_area(store, name=asked)
        if small is not None:
            return small
    raise NoSuchPlace(asked, book.nearest().to(asked))


def _within(book: Gazetteer, name: str, parent: str) -> list[str]:
    """Places of a name that lie in another: "Abbey, Reading"."""
    above = set(book.exact.get(plain(parent), ())) | set(book.loose.get(core(parent), ()))
    codes = book.exact.get(plain(name)) or book.loose.get(core(name)) or []
    return [code for code in codes if above & set(book.parents.get(code, ()))]


def _chosen(book: Gazetteer, asked: str, codes: Sequence[str]) -> PlaceRow:
    first = book.areas[codes[0]]
    wards = [code for code in codes if book.areas[code].kind == "ward" and code in book.in_force]
    if first.kind == "ward" and len(wards) > 1:
        raise _which(book, asked, wards)
    if codes[0] in book.in_force or not (book.becomes.get(codes[0]) or older_code(book, codes[0])):
        return standing_row(book, codes[0])
    return successor(book, codes[0], asked=first.name)


def _which(book: Gazetteer, asked: str, wards: Sequence[str]) -> WhichPlace:
    choices = tuple(sorted(
        f"{book.areas[ward].name}, {name_of(book, parent)}"
        for ward in wards for parent in book.parents.get(ward, ())[:1]
    ))
    shown = "; ".join(choices[:12]) + (f"; and {len(choices) - 12} more" if len(choices) > 12 else "")
    begins = f"{plain(asked)} "
    longer = [name_of(book, code) for code in book.districts if plain(name_of(book, code)).startswith(begins)]
    also = f" Or did you mean {either(longer)}?" if longer else ""
    return WhichPlace(
        asked, (*choices, *longer), f"{len(choices)} wards are called {asked}. Say which: {shown}.{also}"
    )
