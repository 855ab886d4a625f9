"""Small and middle layer areas by their own codes and names, and the small areas of places of another time."""

from __future__ import annotations

from collections.abc import Collection

from commonweal.lake.place_rows import PlaceRow
from commonweal.lake.store import Store

STEPS = (2011, 2021)  # the censuses that redrew small areas, in order


def small_area(store: Store, *, code: str = "", name: str = "") -> PlaceRow | None:
    """A small or middle layer area by its code or name; the newest of that name."""
    areas = store.table("areas")
    chosen = areas.code == code if code else areas.name.lower() == name.lower()
    rows = store.arrow(
        areas.filter(areas.kind.isin(("lsoa", "msoa")) & chosen).order_by(areas.vintage.desc(), "code").limit(1)
    ).to_pylist()
    return PlaceRow(rows[0]["kind"], rows[0]["code"], rows[0]["name"], rows[0]["vintage"]) if rows else None


def small_areas_elsewhen(store: Store, code: str) -> tuple[str, ...]:
    """Today's small areas on the land of a place no list of today knows.

    A small area of any census, a middle layer area, or a ward or district of another year.
    """
    found = small_area(store, code=code)
    if found is not None and found.kind == "msoa":
        named = _named_alike(store, found)
        if named:
            return named
    held = {code} if found is not None and found.kind == "lsoa" else _linked(store, code)
    return today(store, held)


def today(store: Store, codes: Collection[str]) -> tuple[str, ...]:
    """The small areas that small areas of any census have become; one that is of today stays itself."""
    links = store.table("area_links")
    now = set(codes)
    for census in STEPS:
        step = links.filter(
            (links.relation == "becomes") & (links.to_kind == "lsoa") & (links.to_vintage == census)
            & links.from_code.isin(sorted(now))
        )
        pairs = store.arrow(step.select("from_code", "to_code").distinct()) if now else None
        if pairs is not None and pairs.num_rows:
            now = (now - set(pairs["from_code"].to_pylist())) | set(pairs["to_code"].to_pylist())
    return tuple(sorted(now))


def _linked(store: Store, code: str) -> set[str]:
    """The small areas once said to lie in a place, by the newest list that says so."""
    links = store.table("area_links")
    inside = links.filter(
        (links.from_kind == "lsoa") & (links.to_code == code) & links.relation.isin(("within", "best_fit"))
    )
    rows = store.arrow(inside.select("from_code", "from_vintage").distinct()).to_pylist()
    newest = max((row["from_vintage"] for row in rows), default=0)
    return {row["from_code"] for row in rows if row["from_vintage"] == newest}


def _named_alike(store: Store, middle: PlaceRow) -> tuple[str, ...]:
    """The small areas whose names are a middle layer area's own and a letter: Knowsley 001A, Knowsley 001B."""
    areas = store.table("areas")
    inside = areas.filter((areas.kind == "lsoa") & areas.name.startswith(middle.name))
    rows = store.arrow(inside.select("code", "name", "vintage").distinct()).to_pylist()
    newest = max((row["vintage"] for row in rows), default=0)
    fits = {row["code"] for row in rows if row["vintage"] == newest and row["name"][:-1] == middle.name}
    return tuple(sorted(fits))
