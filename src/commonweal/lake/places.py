"""Finds the place a person means, whatever they call it: name, code, postcode, abolished or spelt wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from commonweal.lake.gazetteer import ELSEWHERE, Area, Gazetteer, gazetteer
from commonweal.lake.place_names import core, plain
from commonweal.lake.store import Store

_CODE = re.compile(r"[A-Z]\d{8}|\d{2}[A-Z]{2}|\d{2}[A-Z]{4}")
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z0-9]?)\s*(\d[A-Z]{2})\.?")
_SMALL_AREA_NAME = re.compile(r".+ \d{3}[a-z]?", re.IGNORECASE)
_QUALIFIED = re.compile(r"(?P<name>.+?)\s*(?:,\s*(?P<after>[^,]+)|\((?P<inside>[^()]+)\))$")
POSTCODE_SETS = ("postcodes-nspl", "postcodes-onspd", "postcodes-nspl-tidy", "postcodes-by-area")
TOGETHER = "districts"


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
        name = _name(book, wrong[0])
        raise NoSuchPlace(name, sentence=f"{name} is not a district of England: only districts can be joined.")
    notes = tuple(dict.fromkeys(place.note for place in found if place.note))
    return _together(book, tuple(parts), " ".join(notes))


def districts(store: Store) -> tuple[PlaceRow, ...]:
    """Every district of England in force, by name."""
    book = gazetteer(store)
    rows = [_row(book, book.areas[code]) for code in book.districts if code in book.areas]
    return tuple(sorted(rows, key=lambda row: plain(row.name)))


def small_areas_of(store: Store, place: PlaceRow | str) -> tuple[str, ...]:
    """The codes of today's small areas (LSOAs) in a place of any kind; empty where none are known."""
    book = gazetteer(store)
    code = place if isinstance(place, str) else place.code
    if code in book.small_areas:
        return book.small_areas[code]
    parts = place.parts if isinstance(place, PlaceRow) else ()
    parts = parts or _districts_in(book, code)
    if parts:
        return tuple(sorted({area for part in parts for area in book.small_areas.get(part, ())}))
    return _by_small_area_names(store, code)


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
    rows = [_row(book, book.areas[parent]) for parent in found if parent in book.areas]
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
        _row(book, book.areas[ward]) for ward in book.children.get(code, ())
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
    rows = [_row(book, book.areas[old]) for old in found if old in book.areas and book.areas[old].kind == kind]
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
    return tuple(_row(book, book.areas[code]) for code in codes if _standing(book, book.areas[code]))[:most]


def _standing(book: Gazetteer, area: Area) -> bool:
    return area.code[:1] not in ELSEWHERE and (
        area.code in book.in_force or (area.kind != "district" and area.valid_to is None)
    )


def _by_code(store: Store, book: Gazetteer, code: str) -> PlaceRow:
    if code in book.in_force or (code in book.areas and not book.becomes.get(code) and not _older(book, code)):
        return _standing_row(book, code)
    if code in book.areas or code in book.becomes:
        return _successor(book, code, asked=code)
    small = _small_area(store, code=code)
    if small is None:
        raise NoSuchPlace(code, sentence=f"No area has the code {code} in the published data that is stored.")
    return small


def _older(book: Gazetteer, code: str) -> str:
    """The code in force here of a place that has been given a newer one."""
    older = [old for old in book.came_from.get(code, ()) if old in book.in_force]
    return older[0] if len(older) == 1 and code not in book.in_force else ""


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
        small = _small_area(store, name=asked)
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
    if codes[0] in book.in_force or not (book.becomes.get(codes[0]) or _older(book, codes[0])):
        return _standing_row(book, codes[0])
    return _successor(book, codes[0], asked=first.name)


def _which(book: Gazetteer, asked: str, wards: Sequence[str]) -> WhichPlace:
    choices = tuple(sorted(
        f"{book.areas[ward].name}, {_name(book, parent)}"
        for ward in wards for parent in book.parents.get(ward, ())[:1]
    ))
    shown = "; ".join(choices[:12]) + (f"; and {len(choices) - 12} more" if len(choices) > 12 else "")
    begins = f"{plain(asked)} "
    longer = [_name(book, code) for code in book.districts if plain(_name(book, code)).startswith(begins)]
    also = f" Or did you mean {_or(longer)}?" if longer else ""
    return WhichPlace(
        asked, (*choices, *longer), f"{len(choices)} wards are called {asked}. Say which: {shown}.{also}"
    )


def _standing_row(book: Gazetteer, code: str) -> PlaceRow:
    area = book.areas.get(code) or Area("district", code, code, 0)
    return _row(book, area)


def _row(book: Gazetteer, area: Area, note: str = "") -> PlaceRow:
    parts = () if area.kind in ("district", "ward") else _districts_in(book, area.code)
    vintage = book.vintages.get(area.code, area.vintage)
    return PlaceRow(area.kind, area.code, area.name, vintage, parts, note, area.valid_from, area.valid_to)


def _districts_in(book: Gazetteer, code: str) -> tuple[str, ...]:
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


def _ends(book: Gazetteer, code: str) -> tuple[str, ...]:
    """The places in force that a code has become, through every step between."""
    found: dict[str, None] = {}
    waiting, seen = [code], {code}
    while waiting:
        now = waiting.pop(0)
        if now != code and now in book.in_force:
            found[now] = None
            continue
        for new in (*book.becomes.get(now, ()), *filter(None, (_older(book, now),))):
            if new not in seen:
                seen.add(new)
                waiting.append(new)
    return tuple(found)


def _successor(book: Gazetteer, code: str, *, asked: str) -> PlaceRow:
    """What a place that is no more has become, and why, in a sentence."""
    ends = tuple(end for end in _ends(book, code) if end in book.areas)
    if not ends:
        if code in book.areas:
            return _standing_row(book, code)
        raise NoSuchPlace(asked, sentence=f"{asked} is no longer in use, and what took its place is not stored.")
    note = _why(book, code, ends)
    if len(ends) == 1:
        return replace(_standing_row(book, ends[0]), note=note)
    return _together(book, ends, note)


def _why(book: Gazetteer, code: str, ends: Sequence[str]) -> str:
    old = book.areas.get(code)
    names = _listed([_name(book, end) for end in ends])
    if old is None or (len(ends) == 1 and core(old.name) == core(_name(book, ends[0])) and old.valid_to is None):
        return f"{code} is another code of {names}; the data here use {_listed(list(ends))}."
    when = f" on {_day(old.valid_to)}" if old.valid_to else ""
    return f"{old.name} ({code}) was abolished{when}; {names} took its place."


def _together(book: Gazetteer, codes: tuple[str, ...], note: str) -> PlaceRow:
    ordered = tuple(sorted(codes))
    if len(ordered) == 1:
        return replace(_standing_row(book, ordered[0]), note=note)
    names = sorted((_name(book, code) for code in ordered), key=plain)
    vintage = max(book.vintages.get(code, book.areas[code].vintage) for code in ordered)
    return PlaceRow(TOGETHER, "+".join(ordered), _listed(names), vintage, ordered, note)


def _name(book: Gazetteer, code: str) -> str:
    area = book.areas.get(code)
    return area.name if area else code


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _small_area(store: Store, *, code: str = "", name: str = "") -> PlaceRow | None:
    """A small or middle layer area by its code or name; the newest of that name."""
    areas = store.table("areas")
    chosen = areas.code == code if code else areas.name.lower() == name.lower()
    rows = store.arrow(
        areas.filter(areas.kind.isin(("lsoa", "msoa")) & chosen).order_by(areas.vintage.desc(), "code").limit(1)
    ).to_pylist()
    return PlaceRow(rows[0]["kind"], rows[0]["code"], rows[0]["name"], rows[0]["vintage"]) if rows else None


def _by_small_area_names(store: Store, code: str) -> tuple[str, ...]:
    """A small area itself; for a middle layer area, those whose names are its own and a letter."""
    found = _small_area(store, code=code)
    if found is None:
        return ()
    if found.kind == "lsoa":
        return (found.code,)
    areas = store.table("areas")
    inside = areas.filter((areas.kind == "lsoa") & areas.name.startswith(found.name))
    rows = store.arrow(inside.select("code", "name", "vintage").distinct()).to_pylist()
    newest = max((row["vintage"] for row in rows), default=0)
    fits = {row["code"] for row in rows if row["vintage"] == newest and row["name"][:-1] == found.name}
    return tuple(sorted(fits))


def _no_such(asked: str, nearest: Sequence[str]) -> str:
    if not nearest:
        return f"There is no place called “{asked}” in the published data. Give a district, county or postcode."
    return f"There is no place called “{asked}” in the published data. Did you mean {_or(nearest)}?"


def _or(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
