"""Which small area lies in which ward and district, and which district in which county and region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from commonweal.lake.store import Store

Codes = NDArray[np.str_]
ENGLAND = "E92000001"
INVENTED = "Z"  # codes of the worked example, whose country is its own
SMALL_AREA = "lsoa"
SMALL_AREA_VINTAGE = 2021
DISTRICT_CODES = ("E06", "E07", "E08", "E09", "Z07")


@dataclass(frozen=True, slots=True)
class Geography:
    """Small areas of England in order of their codes, and everything they are part of.

    `district` and `ward` give each small area's code ("" where none is known). `was` gives a district the
    earlier codes it replaced; `same` other codes for the very same land.
    """

    areas: Codes
    index: Mapping[str, int]
    district: Codes
    ward: Codes
    names: Mapping[str, str]
    neighbourhood: Mapping[str, str]
    region_of: Mapping[str, str]
    county_of: Mapping[str, str]
    was: Mapping[str, tuple[str, ...]]
    same: Mapping[str, tuple[str, ...]]
    neighbours: Mapping[str, tuple[str, ...]]
    upper_neighbours: Mapping[str, tuple[str, ...]]
    by_district: Mapping[str, NDArray[np.int64]]
    country: str = ENGLAND

    @property
    def districts(self) -> tuple[str, ...]:
        """Every district that has small areas, in order."""
        return tuple(self.by_district)

    def name(self, code: str) -> str:
        """The name of a place, or its code where none is known."""
        return self.names.get(code, code)

    def districts_in(self, parent: str) -> tuple[str, ...]:
        """The districts of a region, county or England."""
        if parent == self.country:
            return self.districts
        return tuple(
            code for code in self.districts if parent in (self.region_of.get(code), self.county_of.get(code))
        )

    def areas_in(self, districts: Iterable[str]) -> NDArray[np.int64]:
        """Where the small areas of some districts stand."""
        found = [self.by_district[code] for code in districts if code in self.by_district]
        return np.sort(np.concatenate(found)) if found else np.array([], dtype=np.int64)

    def places(self, codes: Iterable[str] | pa.ChunkedArray) -> NDArray[np.int64]:
        """Where small-area codes stand; -1 for those not of England."""
        if not isinstance(codes, pa.ChunkedArray):
            return np.array([self.index.get(str(code), -1) for code in codes], dtype=np.int64)
        found = pc.index_in(codes, pa.array(list(self.index)))
        return np.asarray(pc.fill_null(found, -1).to_numpy(zero_copy_only=False), dtype=np.int64)


def load_geography(store: Store) -> Geography:
    """Read the code chain of the store."""
    names = _names(store)
    district = _of_small_areas(store, "district")
    areas = np.array(sorted(district), dtype="U9")
    of_area = np.array([district[code] for code in areas.tolist()], dtype="U9")
    ward = _of_small_areas(store, "ward")
    links = _links(store)
    was, same = _changes(links, set(district.values()))
    return Geography(
        areas=areas, index={str(code): at for at, code in enumerate(areas)}, country=_country(names),
        district=of_area, by_district={str(code): np.flatnonzero(of_area == code) for code in np.unique(of_area)},
        ward=np.array([ward.get(code, "") for code in areas.tolist()], dtype="U9"),
        names=names, neighbourhood=_neighbourhoods(store, names),
        region_of=_parents(links, "region"), county_of=_parents(links, "county"),
        was=was, same=same, neighbours=_neighbours(store, "district"),
        upper_neighbours=_neighbours(store, "county"),
    )


def _country(names: Mapping[str, str]) -> str:
    """England, or the invented country where the store holds that."""
    return next((code for code in names if code.startswith(f"{INVENTED}92")), ENGLAND)


@dataclass(frozen=True, slots=True)
class _Link:
    from_code: str
    to_kind: str
    to_code: str
    to_vintage: int
    relation: str


def _links(store: Store) -> list[_Link]:
    """Links of districts to what they are part of and what they became, oldest vintage first."""
    table = store.table("area_links")
    wanted = table.filter((table.from_kind == "district") & table.from_code.substr(0, 1).isin(["E", INVENTED]))
    columns = list(_Link.__dataclass_fields__)
    found = store.arrow(wanted.select(*columns).distinct().order_by("to_vintage", "from_code", "to_code"))
    return [_Link(*row) for row in zip(*(found[column].to_pylist() for column in columns), strict=True)]


def _names(store: Store) -> dict[str, str]:
    table = store.table("areas")
    kinds = ["lsoa", "msoa", "ward", "district", "county", "region", "country", "combined"]
    wanted = table.filter(table.kind.isin(kinds)).select("code", "name", "vintage").distinct()
    found = store.arrow(wanted.order_by("vintage", "name"))
    return dict(zip(found["code"].to_pylist(), found["name"].to_pylist(), strict=True))


def _of_small_areas(store: Store, kind: str) -> dict[str, str]:
    """Each small area of England's district, ward or middle-layer area, the latest vintage winning."""
    table = store.table("area_links")
    wanted = table.filter(
        (table.from_kind == SMALL_AREA) & (table.from_vintage == SMALL_AREA_VINTAGE) & (table.to_kind == kind)
        & table.relation.isin(["within", "best_fit"]) & table.from_code.substr(0, 3).isin(["E01", "Z01"])
    )
    columns = wanted.select("from_code", "to_code", "to_vintage").distinct()
    found = store.arrow(columns.order_by("to_vintage", "to_code"))
    return dict(zip(found["from_code"].to_pylist(), found["to_code"].to_pylist(), strict=True))


def _parents(links: list[_Link], kind: str) -> dict[str, str]:
    """Each district's region or county; a unitary district is not in a county."""
    number = {"region": "12", "county": "10"}[kind]
    return {
        link.from_code: link.to_code for link in links
        if link.to_kind == kind and link.to_code[1:3] == number
    }


def _changes(
    links: list[_Link], current: set[str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """What each current district replaced, and other codes of the same land (one for one)."""
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for link in links:
        coded = link.to_code[:3] in DISTRICT_CODES and link.from_code[:3] in DISTRICT_CODES
        if link.relation == "becomes" and coded and link.from_code != link.to_code:
            before[link.to_code].add(link.from_code)
            after[link.from_code].add(link.to_code)
    was = {code: tuple(sorted(before[code])) for code in current if len(before[code]) > 1}
    same: dict[str, set[str]] = defaultdict(set)
    for code in current:
        for other in before[code] | after[code]:
            alone = before[other] | {other} if other in after[code] else before[code]
            if len(alone - {code}) <= 1:
                same[code].add(other)
    return was, {code: tuple(sorted(codes)) for code, codes in same.items()}


def _neighbourhoods(store: Store, names: Mapping[str, str]) -> dict[str, str]:
    """A name people know for each small area: that of its middle-layer area, where one is published."""
    middle = _of_small_areas(store, "msoa")
    return {code: names[parent] for code, parent in middle.items() if parent in names}


def _neighbours(store: Store, tier: str) -> dict[str, tuple[str, ...]]:
    """The statistical neighbours of each place of a tier (district: lower; county: upper), nearest first."""
    table = store.table("neighbours")
    wanted = table.filter(table.tier == tier).select("code", "rank", "neighbour_code").distinct()
    found = store.arrow(wanted.order_by("code", "rank"))
    lists: dict[str, list[str]] = defaultdict(list)
    for code, other in zip(found["code"].to_pylist(), found["neighbour_code"].to_pylist(), strict=True):
        lists[code].append(other)
    return {code: tuple(others) for code, others in lists.items()}
