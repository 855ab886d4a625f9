"""Places people go that are open now, by kind and district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from commonweal.lake.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """One library, museum or pool."""

    name: str
    postcode: str
    status: str
    district: str
    area: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class Provided:
    """Every known place of one kind, and the day the list speaks of."""

    kind: str
    dataset: str
    as_at: str
    places: Mapping[str, tuple[Place, ...]]  # by district, open and closed

    def open_in(self, district: str) -> tuple[Place, ...]:
        """Places open in a district."""
        return tuple(place for place in self.places.get(district, ()) if place.status in ("open", "unknown"))


def load_provided(store: Store, kinds: Mapping[str, str]) -> dict[str, Provided]:
    """Read the places of each kind from its data set (kind -> data set)."""
    found = {}
    for kind, dataset in kinds.items():
        if store.dataset(dataset) is not None:
            found[kind] = _provided(store, kind, dataset)
    return found


def _provided(store: Store, kind: str, dataset: str) -> Provided:
    table = store.table("facilities", dataset)
    columns = ("name", "postcode", "status", "district_code", "lsoa_code", "lon", "lat", "as_at")
    rows = store.arrow(table.filter(table.kind == kind).select(*columns).order_by("name", "postcode")).to_pylist()
    places: dict[str, list[Place]] = defaultdict(list)
    for row in rows:
        places[row["district_code"] or ""].append(
            Place(row["name"], row["postcode"] or "", row["status"], row["district_code"] or "",
                  row["lsoa_code"] or "", row["lon"], row["lat"])
        )
    as_at = max((str(row["as_at"]) for row in rows if row["as_at"]), default="")
    return Provided(kind, dataset, as_at, {code: tuple(group) for code, group in places.items()})
