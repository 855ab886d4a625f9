"""Small and middle layer areas by their own codes and names, which are too many for the gazetteer."""

from __future__ import annotations

from commonweal.lake.place_rows import PlaceRow
from commonweal.lake.store import Store


def small_area(store: Store, *, code: str = "", name: str = "") -> PlaceRow | None:
    """A small or middle layer area by its code or name; the newest of that name."""
    areas = store.table("areas")
    chosen = areas.code == code if code else areas.name.lower() == name.lower()
    rows = store.arrow(
        areas.filter(areas.kind.isin(("lsoa", "msoa")) & chosen).order_by(areas.vintage.desc(), "code").limit(1)
    ).to_pylist()
    return PlaceRow(rows[0]["kind"], rows[0]["code"], rows[0]["name"], rows[0]["vintage"]) if rows else None


def small_areas_named(store: Store, code: str) -> tuple[str, ...]:
    """A small area itself; for a middle layer area, those whose names are its own and a letter."""
    found = small_area(store, code=code)
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
