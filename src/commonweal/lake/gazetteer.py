"""Every named place of a store, its parents, and what became of those abolished, gathered once a version."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from commonweal.lake.place_names import Nearest, core, plain
from commonweal.lake.store import Store

NAMED = ("district", "county", "combined", "region", "country", "icb", "ward", "alias")
ORDER = {"district": 0, "county": 1, "region": 2, "combined": 3, "icb": 4, "country": 5, "ward": 6}
ELSEWHERE = ("W", "S", "N", "K")  # first letters of codes outside England
LEAST_SHARE = 0.05  # of an old district's small areas: fewer in another district are a border redrawn


@dataclass(frozen=True, slots=True)
class Area:
    """One code with the name it goes by, its vintage and, where known, the dates it was in force."""

    kind: str
    code: str
    name: str
    vintage: int
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(slots=True)
class Gazetteer:
    """Names and relations between places; read-only once built."""

    areas: dict[str, Area] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    exact: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    loose: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    becomes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    came_from: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    parents: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    children: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    small_areas: dict[str, tuple[str, ...]] = field(default_factory=dict)
    vintages: dict[str, int] = field(default_factory=dict)
    districts: tuple[str, ...] = ()
    _nearest: Nearest | None = None

    @property
    def in_force(self) -> Mapping[str, tuple[str, ...]]:
        """The codes that today's small areas belong to."""
        return self.small_areas

    def nearest(self) -> Nearest:
        """The finder of similar names; made when first asked for."""
        if self._nearest is None:
            self._nearest = Nearest(
                area.name for area in self.areas.values() if area.kind != "ward" and area.code[:1] not in ELSEWHERE
            )
        return self._nearest


_kept: dict[tuple[str, str], Gazetteer] = {}
_turn = threading.Lock()


def gazetteer(store: Store) -> Gazetteer:
    """The gazetteer of a store as it stands; kept until the store changes."""
    key = (str(store.root.absolute()), store.version)
    found = _kept.get(key)
    if found is None:
        with _turn:
            found = _kept.get(key) or _built(store)
            while len(_kept) > 3:
                _kept.pop(next(iter(_kept)))
            _kept[key] = found
    return found


def _built(store: Store) -> Gazetteer:
    book = Gazetteer()
    _small_areas(book, store)
    _areas(book, _named(store))
    links = _links(store)
    _changes(book, links)
    _changes_by_land(book, store)
    _family(book, links)
    _names(book)
    return book


def _named(store: Store) -> list[dict[str, Any]]:
    areas = store.table("areas")
    chosen = areas.filter(areas.kind.isin(NAMED)).select(
        "kind", "code", "name", "vintage", "valid_from", "valid_to"
    )
    return store.arrow(chosen.distinct().order_by("code", "vintage", "name")).to_pylist()


def _links(store: Store) -> list[dict[str, Any]]:
    links = store.table("area_links")
    between = links.filter(links.from_kind.isin(NAMED) & links.to_kind.isin(NAMED))
    columns = ("from_kind", "from_code", "to_kind", "to_code", "to_vintage", "relation")
    return store.arrow(between.select(*columns).distinct().order_by(*columns)).to_pylist()


def _small_areas(book: Gazetteer, store: Store) -> None:
    """Today's small areas by ward, district and board: each kind's newest links from the newest small areas."""
    links = store.table("area_links")
    chosen = links.filter((links.from_kind == "lsoa") & links.relation.isin(("within", "best_fit")))
    newest = store.arrow(chosen.agg(year=chosen.from_vintage.max()))["year"][0].as_py()
    today = chosen.filter(chosen.from_vintage == newest)
    rows = store.arrow(
        today.group_by("to_kind", "to_vintage", "to_code").agg(found=today.from_code.collect(distinct=True))
    ).to_pylist()
    latest: dict[str, int] = {}
    for row in rows:
        latest[row["to_kind"]] = max(latest.get(row["to_kind"], 0), row["to_vintage"])
    for row in rows:
        if row["to_vintage"] == latest[row["to_kind"]]:
            book.small_areas[row["to_code"]] = tuple(sorted(row["found"]))
            book.vintages[row["to_code"]] = row["to_vintage"]
    codes = {row["to_code"] for row in rows if row["to_kind"] == "district"}
    book.districts = tuple(sorted(
        code for code in codes
        if book.vintages.get(code) == latest["district"] and code[:1] not in ELSEWHERE
    ))


def _areas(book: Gazetteer, rows: Iterable[Mapping[str, Any]]) -> None:
    """One area a code: its newest name, with dates wherever any publisher gives them."""
    for row in rows:
        code = row["code"]
        if row["kind"] == "alias":
            book.aliases[code].append(row["name"])
            continue
        before = book.areas.get(code)
        began = row["valid_from"] or (before.valid_from if before else None)
        ended = row["valid_to"] or (before.valid_to if before else None)
        book.areas[code] = Area(row["kind"], code, row["name"], row["vintage"], began, ended)
        if before is not None and before.name != row["name"]:
            book.aliases[code].append(before.name)


def _changes(book: Gazetteer, links: Iterable[Mapping[str, Any]]) -> None:
    for link in links:
        old, new = link["from_code"], link["to_code"]
        if link["relation"] == "becomes" and old != new and new not in book.becomes[old]:
            book.becomes[old].append(new)
            book.came_from[new].append(old)


def _changes_by_land(book: Gazetteer, store: Store) -> None:
    """What became of old districts that no list of changes names: where their small areas of 2001 are today."""
    links = store.table("area_links")
    becomes = links.filter((links.relation == "becomes") & (links.to_kind == "lsoa"))
    step = becomes.select("from_code", "to_code", "to_vintage").distinct()
    old = links.filter(
        (links.from_kind == "lsoa") & (links.from_vintage == 2001) & (links.to_kind == "district")
    ).select(small="from_code", district="to_code").distinct()
    first = step.filter(step.to_vintage == 2011).select(small="from_code", later="to_code")
    second = step.filter(step.to_vintage == 2021).select(later="from_code", today="to_code")
    rows = store.arrow(
        old.join(first, "small").join(second, "later").select("district", "today").distinct()
    ).to_pylist()
    home = {area: code for code in book.districts for area in book.small_areas[code]}
    shares: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        shares[row["district"]][home.get(row["today"], "")] += 1
    for code, counts in shares.items():
        if code in book.in_force or book.becomes.get(code):
            continue
        for new, count in counts.items():
            if new and count >= LEAST_SHARE * counts.total():
                book.becomes[code].append(new)
                book.came_from[new].append(code)


def _family(book: Gazetteer, links: Iterable[Mapping[str, Any]]) -> None:
    """Parents and children, under the codes in force here."""
    latest: dict[tuple[str, str], int] = {}
    for link in links:
        key = (link["from_code"], link["to_kind"])
        if link["relation"] == "within":
            latest[key] = max(latest.get(key, 0), link["to_vintage"])
    for link in links:
        child, parent = link["from_code"], link["to_code"]
        if link["relation"] != "within" or link["to_vintage"] != latest[child, link["to_kind"]]:
            continue
        child = _code_here(book, child)
        parent = _code_here(book, parent)
        if child != parent and parent not in book.parents[child]:
            book.parents[child].append(parent)
            book.children[parent].append(child)


def _code_here(book: Gazetteer, code: str) -> str:
    """A newer code for an area that is in force here under an older one (a code changed, not the place)."""
    if code in book.in_force:
        return code
    older = [old for old in book.came_from.get(code, ()) if old in book.in_force]
    return older[0] if len(older) == 1 else code


def _names(book: Gazetteer) -> None:
    """The index of names: exact and loose, the likeliest place first."""
    for code, area in book.areas.items():
        for name in (area.name, *book.aliases.get(code, ())):
            _point(book.exact, plain(name), code)
            if area.kind != "ward":  # nobody says "Abbey Council"
                _point(book.loose, core(name), code)
    for index in (book.exact, book.loose):
        for codes in index.values():
            codes.sort(key=lambda code: _likeliest(book, code))


def _point(index: dict[str, list[str]], key: str, code: str) -> None:
    if key and code not in index[key]:
        index[key].append(code)


def _likeliest(book: Gazetteer, code: str) -> tuple[bool, bool, bool, bool, int, int, str]:
    """In England before elsewhere, any before a ward, in force before abolished, districts before the rest."""
    area = book.areas[code]
    elsewhere = any(one[:1] in ELSEWHERE for one in (code, *book.becomes.get(code, ())))
    over = area.valid_to is not None or bool(book.becomes.get(code))
    here = code in book.in_force
    return (
        elsewhere, area.kind == "ward", over and not here, area.kind == "district" and not here,
        ORDER.get(area.kind, 9), -area.vintage, code,
    )
