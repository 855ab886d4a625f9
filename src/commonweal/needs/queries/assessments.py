"""Needs assessments of places as people name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from commonweal.core.figure import PlaceRef
from commonweal.lake.gazetteer import ELSEWHERE
from commonweal.lake.places import PlaceRow, find_place, find_places, small_areas_of
from commonweal.lake.store import Store
from commonweal.needs.assessment import Assessment
from commonweal.needs.queries.build import build
from commonweal.needs.queries.evidence import Evidence, evidence
from commonweal.needs.queries.need_index import Weights
from commonweal.needs.queries.scope import (
    NoSuchPlace,
    Scope,
    district_scope,
    districts_scope,
    drawn_scope,
    invented,
    ward_scope,
)

Named = str | PlaceRow | Iterable[str]


def assess(
    store: Store, place: Named, *, weights: Mapping[str, float] | Weights | None = None, today: date
) -> Assessment:
    """The needs assessment of a district, several, a county, a region or a ward, from published data alone.

    Raises lake.places.NoSuchPlace with the nearest names, StoreEmpty, WeightsWrong.
    """
    held = evidence(store)
    return build(held, scope_of(held, place), today=today, weights=weights)


def assess_scope(
    store: Store, scope: Scope, *, weights: Mapping[str, float] | Weights | None = None, today: date
) -> Assessment:
    """The needs assessment of a scope already found, such as a drawn set of small areas."""
    return build(evidence(store), scope, today=today, weights=weights)


def scope_of(held: Evidence, place: Named) -> Scope:
    """The scope a name, a row of the gazetteer or several names mean."""
    if isinstance(place, str):
        quick = _district_named(held, place)
        if quick:
            return district_scope(held, quick)
        row = find_place(held.store, place)
    elif isinstance(place, PlaceRow):
        row = place
    else:
        row = find_places(held.store, place)
    return _of_row(held, row)


def _district_named(held: Evidence, text: str) -> str:
    """The code of a district in force by its very name or code: no need to open the whole gazetteer for it."""
    known = held.geography
    names = held.once(("district names",), lambda: {known.name(code).casefold(): code for code in known.districts})
    asked = " ".join(text.split())
    return asked if asked in known.by_district else names.get(asked.casefold(), "")


def _of_row(held: Evidence, row: PlaceRow) -> Scope:
    if row.kind == "country":
        raise NoSuchPlace(
            f"{row.name} is what every place is set beside, so it is not assessed by itself. Name a district, "
            "county, region or ward."
        )
    notes = (row.note,) if row.note else ()
    if row.kind == "district" and row.code in held.geography.by_district:
        return district_scope(held, row.code, notes)
    parts = [code for code in row.parts if code in held.geography.by_district]
    if parts:
        named = PlaceRef(row.kind, row.code, row.name, row.vintage, invented(held))
        return districts_scope(held, parts, named, notes)
    if row.kind == "ward":
        return ward_scope(held, row.code, notes)
    areas = small_areas_of(held.store, row)
    if row.code[:1] in ELSEWHERE or (areas and not set(areas) & held.geography.index.keys()):
        raise NoSuchPlace(f"{row.name} is not in England, and the small-area data held is England's.")
    if areas:
        return drawn_scope(held, areas, row.name)
    raise NoSuchPlace(
        f"{row.name} ({row.code}) is known, but no small area of today lies in it, so nothing can be added up. "
        "Choose the district it is in."
    )
