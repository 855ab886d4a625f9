"""Who can reach what: floating catchments between people and places with capacity, so that both sides count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from commonweal.methods.arrays import MethodError, Reals, reals

Whole = NDArray[np.int32]
Decay = Callable[[Reals], Reals]

STEPS = ((1 / 3, 1.0), (2 / 3, 0.68), (1.0, 0.22))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every area and site within `reach` of each other: area (p,), site (p,) and what the way costs (p,)."""

    area: Whole
    site: Whole
    cost: Reals
    areas: int
    sites: int
    reach: float


@dataclass(frozen=True, slots=True)
class Access:
    """Capacity within reach of each person of each area, and what each site has for a person in its reach.

    `per_person` (a,) is 0 where no site is in reach (`reached` False). `per_site` (s,) is capacity a weighted
    person, NaN where nobody is in reach. Σ people x per_person = the capacity of the sites anybody can reach.
    """

    per_person: Reals
    per_site: Reals
    reached: NDArray[np.bool_]


def pairs_within(areas: ArrayLike, sites: ArrayLike, *, reach: float, detour: float = 1.0) -> Pairs:
    """Pairs no further apart than `reach`, by straight line times `detour`; coordinates (n, 2) in metres.

    Errors: coordinates that are not pairs of known numbers, a reach that is not above 0, a detour below 1.
    Source: Bentley 1975, Commun ACM 18:509 (k-d tree).
    """
    here, there = _points(areas, "Areas"), _points(sites, "Sites")
    if not reach > 0:
        raise MethodError(f"How far people go must be above 0; {reach:g} was given.")
    if detour < 1:
        raise MethodError(f"A way is never shorter than the straight line: a detour is 1 or more, not {detour:g}.")
    if not (len(here) and len(there)):
        none = np.zeros(0, np.int32)
        return Pairs(none, none, np.zeros(0), len(here), len(there), reach)
    found = cKDTree(here).sparse_distance_matrix(cKDTree(there), reach / detour, output_type="ndarray")
    return Pairs(
        found["i"].astype(np.int32), found["j"].astype(np.int32), found["v"] * detour, len(here), len(there), reach
    )


def pairs_from_table(
    area: ArrayLike, site: ArrayLike, cost: ArrayLike, *, shape: tuple[int, int], reach: float
) -> Pairs:
    """Pairs from a table of ways somebody measured, such as minutes by road; those beyond `reach` are left out.

    `shape` is (areas, sites). Errors: unequal lengths, an index outside `shape`, a cost below 0.
    """
    rows, columns = np.asarray(area, dtype=np.int32), np.asarray(site, dtype=np.int32)
    costs = reals(cost, "Costs", low=0)
    if not rows.shape == columns.shape == costs.shape:
        raise MethodError("Each way needs an area, a site and a cost: the three are of different lengths.")
    outside = (rows < 0) | (rows >= shape[0]) | (columns < 0) | (columns >= shape[1])
    if outside.any():
        raise MethodError(f"Way {int(np.argmax(outside)) + 1} names an area or a site that is not there.")
    near = costs <= reach
    return Pairs(rows[near], columns[near], costs[near], *shape, reach)


def stepped(reach: float, steps: tuple[tuple[float, float], ...] = STEPS) -> Decay:
    """Decay in steps: each (share of reach, weight), nearest first.

    Errors: steps that do not go outward, or rise. Source: Luo and Qi 2009, Health Place 15:1100.
    """
    edges = np.array([share for share, _ in steps]) * reach
    weights = np.array([*(weight for _, weight in steps), 0.0])
    if (np.diff(edges) <= 0).any() or (np.diff(weights) > 0).any():
        raise MethodError("Steps must go outward, and what is further away must not count for more.")
    return lambda cost: weights[np.searchsorted(edges, cost)]


def gaussian(reach: float) -> Decay:
    """Smooth decay from 1 at no distance to 0 at `reach`: (e^(-½(c/reach)²) - e^(-½)) / (1 - e^(-½)).

    Source: Dai 2010, Health Place 16:1038.
    """
    end = np.exp(-0.5)
    return lambda cost: np.maximum((np.exp(-0.5 * (cost / reach) ** 2) - end) / (1 - end), 0.0)


def level(cost: Reals) -> Reals:
    """No decay: everything within reach counts the same, as in the plain two-step catchment."""
    return np.ones_like(cost)


def floating_catchment(
    pairs: Pairs, *, people: ArrayLike, capacity: ArrayLike, decay: Decay = level
) -> Access:
    """Enhanced two-step floating catchment: R = S / Σ P f(c) at each site, then A = Σ R f(c) at each area.

    `people` (areas,), `capacity` (sites,) in any unit: hours, square metres, visits a week. Errors: negative
    numbers, lengths that do not match the pairs. Source: Luo and Wang 2003, Environ Plan B 30:865; Luo and Qi
    2009, Health Place 15:1100.
    """
    asked, offered = _sized(people, capacity, pairs)
    return _two_steps(pairs, decay(pairs.cost), asked, offered)


def three_step_catchment(
    pairs: Pairs, *, people: ArrayLike, capacity: ArrayLike, decay: Decay = level
) -> Access:
    """Three-step floating catchment: people share themselves among their sites, G = f(c) / Σ f(c), in both steps.

    Source: Wan, Zou and Sternberg 2012, Int J Geogr Inf Sci 26:1073.
    """
    asked, offered = _sized(people, capacity, pairs)
    weight = decay(pairs.cost)
    whole = np.bincount(pairs.area, weight, minlength=pairs.areas)
    share = np.divide(weight, whole[pairs.area], out=np.zeros_like(weight), where=whole[pairs.area] > 0)
    return _two_steps(pairs, weight * share, asked, offered)


def _two_steps(pairs: Pairs, weight: Reals, people: Reals, capacity: Reals) -> Access:
    drawn = np.bincount(pairs.site, people[pairs.area] * weight, minlength=pairs.sites)
    each = np.divide(capacity, drawn, out=np.full(pairs.sites, np.nan), where=drawn > 0)
    flow = np.nan_to_num(each)[pairs.site] * weight
    given = np.asarray(np.bincount(pairs.area, flow, minlength=pairs.areas), dtype=np.float64)
    reached = np.bincount(pairs.area[weight > 0], minlength=pairs.areas) > 0
    return Access(given, each, reached)


@dataclass(frozen=True, slots=True)
class Assigned:
    """Demand: `met` + `no_site` + `no_room` = all (areas,); `used` (sites,) is never above capacity."""

    met: Reals
    no_site: Reals
    no_room: Reals
    used: Reals


def assign_to_capacity(
    pairs: Pairs, *, demand: ArrayLike, capacity: ArrayLike, decay: Decay = level, rounds: int = 50
) -> Assigned:
    """Demand spread over reachable sites by decay; what a full site turns away is tried again at those with room.

    `demand` and `capacity` in one unit, such as visits a week in the peak. Each round spreads what is left over
    open sites as w / Σ w, and a site takes no more than its room, an equal share of each asker. It ends when
    nothing moves. Unmet demand is parted in nobody's reach and no room. Errors: as `floating_catchment`.
    Source: the logic, not the parameters, of Sport England's Facilities Planning Model guidance.
    """
    left, room = _sized(demand, capacity, pairs)
    left, room = left.copy(), room.copy()
    weight = decay(pairs.cost)
    reached = np.bincount(pairs.area[weight > 0], minlength=pairs.areas) > 0
    no_site, met = np.where(reached, 0.0, left), np.zeros(pairs.areas)
    left = np.where(reached, left, 0.0)
    small = 1e-9 * max(float(left.sum()), 1.0)
    for _ in range(rounds):
        open_weight = np.where(room[pairs.site] > 0, weight, 0.0)
        whole = np.bincount(pairs.area, open_weight, minlength=pairs.areas)
        send = np.divide(
            left[pairs.area] * open_weight, whole[pairs.area],
            out=np.zeros_like(open_weight), where=whole[pairs.area] > 0,
        )
        arrives = np.bincount(pairs.site, send, minlength=pairs.sites)
        part = np.minimum(np.divide(room, arrives, out=np.ones(pairs.sites), where=arrives > 0), 1.0)
        taken = np.bincount(pairs.area, send * part[pairs.site], minlength=pairs.areas)
        room = np.where(part < 1, 0.0, np.maximum(room - arrives * part, 0.0))
        met, left = met + taken, np.maximum(left - taken, 0.0)
        if taken.sum() <= small:
            break
    return Assigned(met, no_site, left, reals(capacity, "Capacity", low=0) - room)


def _sized(people: ArrayLike, capacity: ArrayLike, pairs: Pairs) -> tuple[Reals, Reals]:
    asked, offered = reals(people, "People", low=0), reals(capacity, "Capacity", low=0)
    if asked.shape != (pairs.areas,) or offered.shape != (pairs.sites,):
        raise MethodError(
            f"There are {pairs.areas} areas and {pairs.sites} sites: give people for each, and capacity for each."
        )
    if np.isnan(asked).any() or np.isnan(offered).any():
        raise MethodError("People and capacity must be known everywhere: give 0 where there is nobody or nothing.")
    return asked, offered


def _points(values: ArrayLike, name: str) -> Reals:
    points = reals(values, name)
    if points.ndim != 2 or points.shape[1] != 2 or np.isnan(points).any():
        raise MethodError(f"{name} need two coordinates each, in metres, none of them missing.")
    return np.ascontiguousarray(points)


__all__ = [
    "Access", "Assigned", "Decay", "Pairs", "assign_to_capacity", "floating_catchment", "gaussian",
    "level", "pairs_from_table", "pairs_within", "stepped", "three_step_catchment",
]
