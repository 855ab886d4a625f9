"""Who can reach a kind of place: how long the way is, how many share it, who is left out, what would help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, Unit
from commonweal.methods.catchments import Pairs, floating_catchment, pairs_within, stepped
from commonweal.needs.assessment import Assessment
from commonweal.needs.content import read
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.figures import Facts, Maker
from commonweal.needs.queries.provided import Place, Provided, flat
from commonweal.needs.queries.scope import england
from commonweal.needs.queries.siting import Closure, NewSite, Shorter, closures, new_sites, shorter_ways
from commonweal.needs.wording import fill

Reals = NDArray[np.float64]
METRES = 1000.0
BEYOND = 3.0  # the nearest place is looked for this many times further than people are thought to go


@dataclass(frozen=True, slots=True)
class Way:
    """How people go, and how far: `reach` is metres of way, `straight` the straight line that comes to."""

    key: str
    title: str
    by: str
    minutes: float
    kmh: float
    detour: float

    @property
    def reach(self) -> float:
        """Metres of way within the time."""
        return self.kmh * METRES * self.minutes / 60

    def minutes_of(self, metres: Reals) -> Reals:
        """How long a way in metres takes."""
        return metres / (self.kmh * METRES / 60)


@dataclass(frozen=True, slots=True)
class AreaReach:
    """One small area: minutes to the nearest (NaN where none is near), its name, and how many share it."""

    code: str
    label: str
    people: float
    tenth: float | None
    minutes: float
    site: str
    per_10000: float
    reached: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything the page says of one kind of place and one way of going."""

    place: PlaceRef
    way: Way
    kind: Mapping[str, Any]
    share: Figure
    comparator: Figure | None
    in_need: Figure | None
    others: Figure | None
    low: float
    high: float
    areas: tuple[AreaReach, ...]
    most_in_reach: float
    sites: tuple[tuple[str, float, float], ...]
    closures: tuple[Closure, ...]
    new: tuple[NewSite, ...]
    gap: float
    shorter: tuple[Shorter, ...]
    country: str


@dataclass(frozen=True, slots=True)
class AllReach:
    """Every small area of the country beside every place of one kind, worked out once a store."""

    pairs: Pairs
    sites: tuple[Place, ...]
    at: Reals
    nearest: Reals
    which: NDArray[np.int64]
    access: Reals


def ways() -> tuple[Way, ...]:
    """The ways of going that can be asked about, the lightest first."""
    rule = read("reach")
    return tuple(
        Way(one["key"], one["title"], one["by"], one["minutes"], one["kmh"], rule["detour"]["middle"])
        for one in rule["ways"]
    )


def kinds(held: Evidence, made: Assessment | None = None) -> tuple[Mapping[str, Any], ...]:
    """The kinds of place that the store has a list of; those of some districts alone where the place is theirs."""
    there = {ref.code for ref in made.made_of} if made is not None else set()
    local = (kind for kind in read("reach")["local"] if there and there <= set(kind["districts"]))
    return tuple(kind for kind in (*read("provision")["kinds"], *local) if kind["kind"] in held.provided)


def reach_of(maker: Maker, made: Assessment, kind: Mapping[str, Any], way: Way) -> Reach | None:
    """Who can reach one kind of place; None where no small area or no place is known."""
    held = maker.held
    here = held.geography.places([area.place.code for area in made.small_areas])
    here = here[here >= 0]
    land = land_between(held, kind["kind"], way)
    if not here.size or not land.sites:
        return None
    people = np.nan_to_num(held.small.people)
    within = land.nearest <= way.reach
    tenths = {area.place.code: area.need_decile.value for area in made.small_areas}
    areas = _areas(held, made, land, way, here)
    marked = np.array([(tenths.get(code) or 99) <= read("reach")["need_tenths"]
                       for code in held.geography.areas[here].tolist()])
    local = "districts" in kind
    measured = np.isin(np.arange(people.size), here) if local else people > 0
    closed, added = closures(land.pairs, land.sites, here, people), new_sites(held, land.pairs, here, way.detour)
    return Reach(
        place=made.place, way=way, kind=kind, areas=areas, country=made.place.name if local else made.country,
        share=_share(maker, made.place, kind, way, within[here], people[here], "base"),
        comparator=None if local else _share(maker, england(held), kind, way, within, people, "base"),
        in_need=_part(maker, made.place, kind, way, within[here], people[here], marked, "base_need"),
        others=_part(maker, made.place, kind, way, within[here], people[here], ~marked, "base_rest"),
        low=_at_detour(land, way, people, here, "low"), high=_at_detour(land, way, people, here, "high"),
        most_in_reach=float(np.quantile(land.access[measured], 0.8)),
        sites=_inside(land, made, held), closures=_of_place(closed, land, made, held), new=added[0], gap=added[1],
        shorter=shorter_ways(held, here, land.nearest[here], BEYOND * way.reach, way.detour),
    )


def land_between(held: Evidence, kind: str, way: Way) -> AllReach:
    """Every small area of the country beside every place of one kind, by one way of going."""
    def make() -> AllReach:
        provided = held.provided[kind]
        sites = tuple(place for place in provided.all() if place.there)
        points, kept = _points(held, sites)
        sites = tuple(site for site, there in zip(sites, kept, strict=True) if there)
        areas = METRES * flat(middles(held))
        known = np.asarray(~np.isnan(areas).any(axis=1))
        pairs = _back(pairs_within(areas[known], points, reach=way.reach, detour=way.detour), known)
        nearest, which = _nearest(areas, points, way, known)
        people = np.nan_to_num(held.small.people)
        found = floating_catchment(pairs, people=people, capacity=np.ones(len(points)), decay=stepped(way.reach))
        return AllReach(pairs, sites, points, nearest, which, 10_000 * found.per_person)

    return held.once(("reach", kind, way), make)


def middles(held: Evidence) -> Reals:
    """Where each small area's people live (longitude, latitude), if published for its code; else a point in it."""
    def make() -> Reals:
        points = np.stack([held.small.lon, held.small.lat], axis=1)
        table = held.store.table("centroids")
        weighted = table.filter((table.kind == "lsoa") & (table.method == "population_weighted"))
        rows = held.store.arrow(weighted.select("code", "lon", "lat"))
        at = held.geography.places(rows["code"])
        good = at >= 0
        points[at[good], 0] = rows["lon"].to_numpy()[good]
        points[at[good], 1] = rows["lat"].to_numpy()[good]
        return points

    return held.once(("middles",), make)


def _points(held: Evidence, sites: tuple[Place, ...]) -> tuple[Reals, NDArray[np.bool_]]:
    """Metres on a plane of each site that can be placed, and which those are."""
    found = np.full((len(sites), 2), np.nan)
    for number, site in enumerate(sites):
        at = held.geography.index.get(site.area, -1)
        if site.lon is not None and site.lat is not None:
            found[number] = site.lon, site.lat
        elif at >= 0:
            found[number] = held.small.lon[at], held.small.lat[at]
    kept = ~np.isnan(found).any(axis=1)
    return METRES * flat(found[kept]), kept


def _back(pairs: Pairs, known: NDArray[np.bool_]) -> Pairs:
    """Pairs numbered over all areas, where only the known ones were asked about."""
    return replace(pairs, area=np.flatnonzero(known)[pairs.area].astype(np.int32), areas=known.size)


def _nearest(
    areas: Reals, points: Reals, way: Way, known: NDArray[np.bool_]
) -> tuple[Reals, NDArray[np.int64]]:
    """Metres of way to the nearest site however far within reason, and which it is (-1 for none)."""
    from scipy.spatial import cKDTree

    metres, which = np.full(len(areas), np.inf), np.full(len(areas), -1, dtype=np.int64)
    if len(points) and known.any():
        far, at = cKDTree(points).query(areas[known], distance_upper_bound=BEYOND * way.reach)
        metres[known], which[known] = far * way.detour, np.where(np.isfinite(far), at, -1)
    return metres, which


def _areas(
    held: Evidence, made: Assessment, land: AllReach, way: Way, here: NDArray[np.int64]
) -> tuple[AreaReach, ...]:
    labels = {one.place.code: (one.label or one.place.name, one.need_decile.value) for one in made.small_areas}
    found = []
    for at in here.tolist():
        code = str(held.geography.areas[at])
        label, tenth = labels[code]
        site = land.sites[land.which[at]].name if land.which[at] >= 0 else ""
        minutes = float(way.minutes_of(land.nearest[at])) if site else float("nan")
        found.append(AreaReach(
            code, label, float(np.nan_to_num(held.small.people[at])), tenth, minutes, site,
            float(land.access[at]), bool(land.nearest[at] <= way.reach),
        ))
    return tuple(found)


def _words(kind: Mapping[str, Any], way: Way, key: str) -> str:
    rule = read("reach")
    return fill(
        rule["words"][key], one=kind["one"], many=kind["many"], minutes=f"{way.minutes:g}", by=way.by,
        detour=way.detour, tenths=rule["need_tenths"], kmh=f"{way.kmh:g}",
    )


def _share(
    maker: Maker, place: PlaceRef, kind: Mapping[str, Any], way: Way, within: NDArray[np.bool_], people: Reals,
    base: str,
) -> Figure:
    whole = float(people.sum())
    provided: Provided = maker.held.provided[kind["kind"]]
    quality = Quality(Grade.C, (read("reach")["words"]["quality"], read("quality")["register"]))
    facts = Facts(provided.year, provided.dataset, _words(kind, way, "method"), quality, round(whole))
    value = 100 * float(people[within].sum()) / whole if whole else None
    return maker.simple(
        value, Unit.PERCENT, _words(kind, way, base), place, facts=facts, decimals=0,
        missing="" if whole else "nobody is known to live here",
    )


def _part(
    maker: Maker, place: PlaceRef, kind: Mapping[str, Any], way: Way, within: NDArray[np.bool_], people: Reals,
    marked: NDArray[np.bool_], base: str,
) -> Figure | None:
    if not people[marked].sum() > 0:
        return None
    return _share(maker, place, kind, way, within[marked], people[marked], base)


def _at_detour(land: AllReach, way: Way, people: Reals, here: NDArray[np.int64], end: str) -> float:
    """Share of people within reach if ways were longer or shorter than thought."""
    other = read("reach")["detour"][end] / way.detour
    whole = float(people[here].sum())
    return 100 * float(people[here][land.nearest[here] * other <= way.reach].sum()) / whole if whole else 0.0


def _inside(land: AllReach, made: Assessment, held: Evidence) -> tuple[tuple[str, float, float], ...]:
    kind = {name: (lon, lat) for one in made.provision for name, lon, lat in one.sites}
    return tuple(
        (site.name, *kind[site.name]) for site in land.sites if site.name in kind and _is_here(site, made, held)
    )


def _is_here(site: Place, made: Assessment, held: Evidence) -> bool:
    codes = {area.place.code for area in made.small_areas}
    return site.area in codes or site.district in {ref.code for ref in made.made_of}


def _of_place(
    found: tuple[Closure, ...], land: AllReach, made: Assessment, held: Evidence
) -> tuple[Closure, ...]:
    """Closures of sites in the place alone, the dearest first."""
    inside = {number for number, site in enumerate(land.sites) if _is_here(site, made, held)}
    kept = [one for one in found if one.number in inside]
    return tuple(sorted(kept, key=lambda one: (-one.left_without, -one.further, one.name)))
