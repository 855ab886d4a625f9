"""The wards inside a place of a partnership, from the store that holds it."""

from __future__ import annotations

from commonweal.core.models import PartnershipPlace
from commonweal.core.stores import stores
from commonweal.lake.places import PlaceRow, wards_of


def wards_in(place: PartnershipPlace) -> tuple[PlaceRow, ...]:
    """By name; none for a drawn place, or where no wards are loaded."""
    if not place.code:
        return ()
    store = stores().for_code(place.code)
    return wards_of(store, place.code) if store.exists else ()
