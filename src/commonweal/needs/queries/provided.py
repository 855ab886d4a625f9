"""Places people go, by kind, district and small area, found by postcode; and how far people live from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from commonweal.lake.store import Store
from commonweal.needs.queries.geography import Geography

Points = NDArray[np.float64]
KM_A_DEGREE = 111.2
NEAR_KM = 2.0  # a place whose postcode is not known is put in the small area whose middle is nearest, if this near
POSTCODES = ("postcodes-nspl", "postcodes-onspd", "postcodes-nspl-tidy", "postcodes-by-area")


class Place(NamedTuple):
    """One library, museum or pool."""

    name: str
    postcode: str
    status: str
    district: str
    area: str
    lon: float | None
    lat: float | None

    @property
    def there(self) -> bool:
        """Whether it may be used now: open, or on a list of places in use that says no more."""
        return self.status in ("open", "unknown")


@dataclass(frozen=True, slots=True)
class Provided:
    """Every known place of one kind, and the day the list speaks of."""

    kind: str
    dataset: str
    as_at: str
    places: Mapping[str, tuple[Place, ...]]  # by district, open and closed

    @property
    def year(self) -> str:
        """The year the list speaks of; empty where the publisher does not say."""
        return self.as_at[:4] if self.as_at[:4].isdigit() else ""

    @property
    def day(self) -> str:
        """The day the list speaks of as an ISO date: the last of its year where only that is known."""
        return self.as_at if len(self.as_at) == 10 else f"{self.year}-12-31" if self.year else ""

    def all(self) -> tuple[Place, ...]:
        """Every place, by district."""
        return tuple(place for group in self.places.values() for place in group)


def load_provided(
    store: Store, geography: Geography, kinds: Mapping[str, str], points: Points
) -> dict[str, Provided]:
    """Read the places of each kind from its data set (kind -> data set). `points` are small areas' (lon, lat)."""
    held = {one.dataset for one in store.datasets()}
    return {
        kind: _provided(store, geography, kind, dataset, points)
        for kind, dataset in kinds.items() if dataset in held
    }


def _provided(store: Store, geography: Geography, kind: str, dataset: str, points: Points) -> Provided:
    table = store.table("facilities", dataset)
    columns = ("name", "postcode", "status", "district_code", "lsoa_code", "lon", "lat", "as_at")
    rows = store.arrow(table.filter(table.kind == kind).select(*columns).order_by("name", "postcode")).to_pylist()
    found = _by_postcode(store, [row["postcode"] for row in rows if row["postcode"]])
    now = _districts_now(geography)
    near = _Nearest(points)
    places: dict[str, list[Place]] = defaultdict(list)
    for row in rows:
        place = _placed(row, found, now, near, geography)
        places[place.district].append(place)
    as_at = max((str(row["as_at"]) for row in rows if row["as_at"]), default="")
    held = store.dataset(dataset)
    return Provided(
        kind, dataset, as_at or (held.provenance.vintage if held else ""),
        {code: tuple(group) for code, group in places.items()},
    )


def _placed(
    row: Mapping[str, Any], found: Mapping[str, tuple[str, str]], now: Mapping[str, str], near: _Nearest,
    geography: Geography,
) -> Place:
    """A place with its district and small area: by postcode, else as published, else by the nearest small area."""
    district, area = found.get(row["postcode"] or "", ("", ""))
    if not area and row["lon"] is not None and row["lat"] is not None:
        at = near.of(row["lon"], row["lat"])
        if at is not None:
            district, area = str(geography.district[at]), str(geography.areas[at])
    published = row["district_code"] or ""
    district = now.get(district, district) or now.get(published, published)
    return Place(
        row["name"], row["postcode"] or "", row["status"], district, area or row["lsoa_code"] or "", row["lon"],
        row["lat"],
    )


def _by_postcode(store: Store, postcodes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """District and small area of each postcode, from the best list stored."""
    held = {one.dataset for one in store.datasets() if "postcodes" in one.tables}
    for dataset in [*(name for name in POSTCODES if name in held)]:
        table = store.table("postcodes", dataset)
        rows = store.arrow(table.select("postcode", "district_code", "lsoa_code"))
        rows = rows.filter(pc.is_in(rows["postcode"], pa.array(sorted(set(postcodes)), pa.string())))
        columns = (rows[name].to_pylist() for name in ("postcode", "district_code", "lsoa_code"))
        return {postcode: (district or "", area or "") for postcode, district, area in zip(*columns, strict=True)}
    return {}


def _districts_now(geography: Geography) -> dict[str, str]:
    """Codes no longer in use, and other codes of the same land, to the code in use."""
    return {
        old: code for of in (geography.same, geography.was) for code, olds in of.items() for old in olds
    }


class _Nearest:
    """The small area whose middle is nearest to a point, if it is near."""

    def __init__(self, points: Points) -> None:
        self._known = np.flatnonzero(~np.isnan(points).any(axis=1))
        self._tree = _tree(flat(points[self._known])) if self._known.size else None

    def of(self, lon: float, lat: float) -> int | None:
        """Where it stands, or nothing."""
        if self._tree is None:
            return None
        away, at = self._tree.query(flat(np.array([[lon, lat]]))[0])
        return int(self._known[at]) if away <= NEAR_KM else None


def flat(points: Points) -> Points:
    """Longitude and latitude as kilometres on a plane: right to about 1% across England."""
    return np.stack([points[:, 0] * KM_A_DEGREE * np.cos(np.radians(52.9)), points[:, 1] * KM_A_DEGREE], axis=1)


def distances(provided: Provided, geography: Geography, points: Points) -> NDArray[np.float64]:
    """Kilometres in a straight line from the middle of each small area to the nearest place in use."""
    sites = []
    at = geography.index
    for place in provided.all():
        if not place.there:
            continue
        if place.lon is not None and place.lat is not None:
            sites.append((place.lon, place.lat))
        elif place.area in at:
            sites.append((float(points[at[place.area], 0]), float(points[at[place.area], 1])))
    where = np.array([site for site in sites if not np.isnan(site).any()])
    found = np.full(len(geography.areas), np.nan)
    known = ~np.isnan(points).any(axis=1)
    if where.size and known.any():
        found[known] = _tree(flat(where)).query(flat(points[known]))[0]
    return found


def _tree(points: Points) -> Any:
    """A tree of points; SciPy's is imported late, for most processes find the distances already kept."""
    from scipy.spatial import cKDTree

    return cKDTree(points)
