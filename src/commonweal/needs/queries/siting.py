"""What closing a place would cost those who can reach it, and where one more would do most good by two aims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from commonweal.methods.catchments import Pairs, pairs_from_table, pairs_within
from commonweal.methods.siting import closing_each, cover_most, shortest_ways
from commonweal.needs.content import read
from commonweal.needs.queries.provided import Place, flat

if TYPE_CHECKING:
    from commonweal.needs.queries.evidence import Evidence

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Closure:
    """One place if it closed: people left with none in reach, people sent on, and metres further on average."""

    number: int
    name: str
    left_without: float
    sent_on: float
    further: float


@dataclass(frozen=True, slots=True)
class Shorter:
    """A small area whose middle would shorten ways most: people with a shorter way, and metres less on average."""

    code: str
    people: float
    metres: float


@dataclass(frozen=True, slots=True)
class NewSite:
    """A small area whose middle would bring people within reach who have none now."""

    code: str
    people: float


def closures(
    pairs: Pairs, sites: tuple[Place, ...], here: NDArray[np.int64], people: Reals
) -> tuple[Closure, ...]:
    """Every place that anybody here can reach, as if it alone closed; only people who live here are counted."""
    weight = np.zeros(pairs.areas)
    weight[here] = people[here]
    found = closing_each(pairs, weight=weight)
    sent = _nearest_people(pairs, weight) - found.left_without
    used = np.flatnonzero((found.left_without + sent) > 0)
    return tuple(
        Closure(
            int(site), sites[site].name, float(found.left_without[site]), float(sent[site]),
            float(found.further[site] / sent[site]) if sent[site] > 0 else 0.0,
        )
        for site in used.tolist()
    )


def new_sites(
    held: Evidence, pairs: Pairs, here: NDArray[np.int64], detour: float
) -> tuple[tuple[NewSite, ...], float]:
    """Small areas' middles that would together bring most people within reach, and how far from best at most."""
    from commonweal.needs.queries.reach import METRES, middles

    points = METRES * flat(middles(held)[here])
    known = ~np.isnan(points).any(axis=1)
    people = np.nan_to_num(held.small.people[here])
    bare = ~np.isin(here, pairs.area) & known
    if not people[bare].sum() > 0:
        return (), 0.0
    ways = pairs_within(points[bare], points[known], reach=pairs.reach, detour=detour)
    choose = min(read("reach")["new_sites"], int(known.sum()))
    found = cover_most(ways, weight=people[bare], choose=choose, seconds=3.0)
    codes = held.geography.areas[here][known]
    return _one_by_one(ways, people[bare], found.sites, codes), found.gap


def shorter_ways(
    held: Evidence, here: NDArray[np.int64], nearest: Reals, reach: float, detour: float
) -> tuple[Shorter, ...]:
    """Small areas' middles that would together make the way of all to the nearest least (p-median), best first.

    `nearest` (a,) is the way of each area to a place that is there; `reach` the furthest way that is counted.
    """
    from commonweal.needs.queries.reach import METRES, middles

    points = METRES * flat(middles(held)[here])
    known = ~np.isnan(points).any(axis=1)
    people, now = np.nan_to_num(held.small.people[here])[known], np.minimum(nearest[known], reach)
    choose = min(read("reach")["new_sites"], int(known.sum()))
    if not people.sum() > 0 or not choose:
        return ()
    near = pairs_within(points[known], points[known], reach=reach, detour=detour)
    count, each = len(now), np.arange(len(now))
    pairs = pairs_from_table(
        np.append(near.area, each), np.append(near.site, np.full(count, count)), np.append(near.cost, now),
        shape=(count, count + 1), reach=reach,
    )
    found = shortest_ways(pairs, weight=people, choose=choose, already=[count])
    codes = held.geography.areas[here][known]
    return _in_turn(near, people, now, list(found.sites), codes)


def _in_turn(
    ways: Pairs, people: Reals, now: Reals, rest: list[int], codes: NDArray[np.str_]
) -> tuple[Shorter, ...]:
    """The chosen in the order in which each shortens most, with what each does beside those before it."""
    found: list[Shorter] = []
    while rest:
        after = [_with(ways, now, site) for site in rest]
        best = int(np.argmax([float(people @ (now - one)) for one in after]))
        less = now - after[best]
        helped = float(people[less > 0].sum())
        if helped > 0:
            found.append(Shorter(str(codes[rest[best]]), helped, float(people @ less) / helped))
        now = after[best]
        rest.pop(best)
    return tuple(found)


def _with(ways: Pairs, now: Reals, site: int) -> Reals:
    """The way of each area to the nearest, if one more were there."""
    there, after = ways.site == site, now.copy()
    after[ways.area[there]] = np.minimum(after[ways.area[there]], ways.cost[there])
    return after


def _one_by_one(
    ways: Pairs, people: Reals, sites: tuple[int, ...], codes: NDArray[np.str_]
) -> tuple[NewSite, ...]:
    """The chosen in the order in which each adds most, with what each adds."""
    left, rest, found = people.copy(), list(sites), []
    while rest:
        gains = [float(left[ways.area[ways.site == site]].sum()) for site in rest]
        best = int(np.argmax(gains))
        if gains[best] > 0:
            found.append(NewSite(str(codes[rest[best]]), gains[best]))
        left[ways.area[ways.site == rest[best]]] = 0
        rest.pop(best)
    return tuple(found)


def _nearest_people(pairs: Pairs, weight: Reals) -> Reals:
    """How many have each site as their nearest."""
    order = np.lexsort((pairs.cost, pairs.area))
    first = np.unique(pairs.area[order], return_index=True)[1]
    nearest, area = pairs.site[order][first], pairs.area[order][first]
    return np.asarray(np.bincount(nearest, weight[area], minlength=pairs.sites), dtype=np.float64)
