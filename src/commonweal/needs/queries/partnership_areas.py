"""The areas a partnership works for, as people speak of them: its places, and the wards of each district."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commonweal.core.asked_once import asked_once
from commonweal.core.queries.partnerships import PlaceCard, partnership_for
from commonweal.core.stores import stores
from commonweal.core.viewer import Viewer
from commonweal.needs.queries.evidence import StoreEmpty, evidence
from commonweal.needs.queries.geography import Geography


@dataclass(frozen=True, slots=True)
class Area:
    """A place, or a ward `within` it."""

    code: str
    name: str
    kind: str
    within: str = ""


@asked_once
def areas_of(viewer: Viewer, partnership: UUID) -> tuple[Area, ...]:
    """Every published place of the partnership with its wards after it; no wards where no data is held."""
    places = [place for place in partnership_for(viewer, partnership).places if place.code]
    found = [one for place in places for one in (Area(place.code, place.name, place.kind), *_wards(place))]
    return tuple({one.code: one for one in reversed(found)}[code] for code in dict.fromkeys(a.code for a in found))


def _wards(place: PlaceCard) -> tuple[Area, ...]:
    try:
        held = evidence(stores().for_code(place.code))
    except StoreEmpty:
        return ()
    return held.once(("wards", place.code, place.name), lambda: _named(held.geography, place))


def _named(known: Geography, place: PlaceCard) -> tuple[Area, ...]:
    return tuple(sorted(
        (Area(code, known.name(code), "ward", place.name) for code in _ward_codes(known, place.code)),
        key=lambda area: area.name,
    ))


def _ward_codes(known: Geography, district: str) -> set[str]:
    return {str(known.ward[at]) for at in known.areas_in([district])} - {""}
