"""The outlines that a map of a place is drawn over, read from the store."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely

from commonweal.lake.store import Store
from commonweal.needs.assessment import Assessment
from commonweal.needs.pictures import Shapes
from commonweal.needs.queries.evidence import evidence

KINDS = {"library": "Library", "museum": "Museum", "swimming_pool": "Swimming pool", "sports_hall": "Sports hall"}
SMALL_AREA_VINTAGE = 2021


def load_shapes(store: Store, assessment: Assessment) -> Shapes:
    """Outlines of the small areas, their wards and the whole, and the open places inside it."""
    codes = tuple(area.place.code for area in assessment.small_areas)
    return _shapes(store, store.version, codes, tuple(place.code for place in assessment.made_of))


@lru_cache(maxsize=64)
def _shapes(store: Store, version: str, codes: tuple[str, ...], made_of: tuple[str, ...]) -> Shapes:
    """`version` is part of the question, so that a changed store is read again."""
    del version
    areas = _outlines(store, codes)
    if not areas:
        return Shapes({})
    merged = shapely.coverage_union_all(shapely.from_wkb(list(areas.values())))
    whole = (("", bytes(shapely.to_wkb(merged))),)
    return Shapes(areas, _wards(store, areas), whole, _sites(store, codes, made_of))


def _outlines(store: Store, codes: tuple[str, ...]) -> dict[str, bytes]:
    """One outline a small area; where two data sets hold it, either will do."""
    table = store.table("boundaries")
    rows = table.filter((table.kind == "lsoa") & (table.vintage == SMALL_AREA_VINTAGE) & table.code.isin(list(codes)))
    found = store.arrow(rows.select("code", "geometry"))
    return dict(zip(found["code"].to_pylist(), found["geometry"].to_pylist(), strict=True))


def _wards(store: Store, areas: dict[str, bytes]) -> tuple[tuple[str, bytes], ...]:
    """Wards as the small areas that fit them best, so that their edges meet those on the map."""
    known = evidence(store).geography
    groups: dict[str, list[bytes]] = {}
    for at, code in zip(known.places(np.array(list(areas), dtype="U9")), areas, strict=True):
        if at >= 0 and known.ward[at]:
            groups.setdefault(str(known.ward[at]), []).append(areas[code])
    return tuple(
        (known.name(ward), bytes(shapely.to_wkb(shapely.coverage_union_all(shapely.from_wkb(shapes)))))
        for ward, shapes in sorted(groups.items())
    )


def _sites(
    store: Store, codes: tuple[str, ...], made_of: tuple[str, ...]
) -> tuple[tuple[str, str, float, float], ...]:
    """Open places with a point, in the districts the place is made of or the small areas it is drawn from."""
    inside = set(codes)
    found = []
    for kind, provided in evidence(store).provided.items():
        for district in provided.places:
            for place in provided.open_in(district):
                here = district in made_of or place.area in inside
                if here and place.lon is not None and place.lat is not None:
                    found.append((place.name, KINDS.get(kind, kind.replace("_", " ").capitalize()), place.lon, place.lat))
    return tuple(found)
