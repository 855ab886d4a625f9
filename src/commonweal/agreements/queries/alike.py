"""Places most like a partnership's own, by the published statistical neighbours: whom to ask first."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commonweal.core import clock
from commonweal.core.models import PartnershipPlace
from commonweal.core.stores import stores
from commonweal.lake.gazetteer import gazetteer
from commonweal.lake.place_rows import name_of

NAMED = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """Codes of all that are like it, and the names of the nearest few, nearest first."""

    codes: frozenset[str]
    names: tuple[str, ...]


def alike(partnership: UUID) -> Alike:
    """Of the districts a partnership works for today; its own are not among them."""
    own = places_of({partnership}).get(partnership, frozenset())
    codes = sorted(code for code in own if "+" not in code)
    store = stores().for_code(codes[0]) if codes else None
    if store is None or not store.exists or not store.files("neighbours"):
        return Alike(frozenset(), ())
    rows = store.read("neighbours", ("neighbour_code", "rank"), {"code": codes}).to_pylist()
    near = dict.fromkeys(row["neighbour_code"] for row in sorted(rows, key=lambda row: row["rank"])
                         if row["neighbour_code"] not in own)
    book = gazetteer(store)
    return Alike(frozenset(near), tuple(name_of(book, code) for code in list(near)[:NAMED]))


def places_of(partnerships: set[UUID]) -> dict[UUID, frozenset[str]]:
    """The codes of each partnership's places today."""
    found: dict[UUID, set[str]] = {}
    rows = PartnershipPlace.objects.on(clock.today()).filter(partnership__in=partnerships).exclude(code="")
    for there, code in rows.values_list("partnership", "code"):
        found.setdefault(there, set()).add(code)
    return {there: frozenset(codes) for there, codes in found.items()}
