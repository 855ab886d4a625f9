"""Where the next site would do most good, and what closing each would cost, solved to a stated gap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, identity

from commonweal.methods.arrays import MethodError, Reals, reals
from commonweal.methods.catchments import Pairs

Sites = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Sites chosen, best first as far as they were chosen one by one; what they reach; how far from best at most.

    `gap` is 0 where proven best. `value` is weight covered, or for a median the weighted distance.
    """

    sites: tuple[int, ...]
    value: float
    gap: float


def cover_most(
    pairs: Pairs, *, weight: ArrayLike, choose: int, already: ArrayLike = (), seconds: float = 10.0
) -> Chosen:
    """Maximal covering: the `choose` sites that, beside those there `already`, bring most weight within reach.

    max Σ w y, y <= Σ x over the sites within reach, Σ x = choose, x and y in {0, 1}: a mixed-integer programme.
    `weight` (areas,): people, or people in need. Errors: choosing none or more than there are, a weight below 0.
    Source: Church and ReVelle 1974, Papers Reg Sci Assoc 32:101.
    """
    worth, here = _weights(weight, pairs), _indices(already, pairs)
    open_sites = np.setdiff1d(np.arange(pairs.sites), here)
    if not 1 <= choose <= open_sites.size:
        raise MethodError(f"Choose between 1 and {open_sites.size} of the sites that could be added.")
    cover = _cover(pairs)
    bare = np.asarray(cover[:, here].sum(axis=1)).ravel() == 0 if here.size else np.ones(pairs.areas, dtype=bool)
    rows = np.flatnonzero(bare & (worth > 0) & (np.asarray(cover.sum(axis=1)).ravel() > 0))
    before = float(worth[~bare].sum())
    greedy = _greedy(cover[rows][:, open_sites], worth[rows], choose)
    if not rows.size:
        return Chosen(tuple(int(open_sites[one]) for one in greedy), before, 0.0)
    picked, bound = _solve_cover(cover[rows][:, open_sites], worth[rows], choose, seconds)
    first = _reached(cover[rows][:, open_sites], worth[rows], greedy)
    sites, value = (greedy, first) if picked is None or first >= picked[1] - 1e-9 else picked
    gap = max(bound - value, 0.0) / bound if bound > 0 else 0.0
    return Chosen(tuple(int(open_sites[one]) for one in sites), before + value, 0.0 if gap < 1e-6 else gap)


def shortest_ways(
    pairs: Pairs, *, weight: ArrayLike, choose: int, already: ArrayLike = (), beyond: float | None = None
) -> Chosen:
    """p-median: the `choose` sites that, beside those `already` there, make the weighted way to the nearest least.

    Areas that none reaches count `beyond` (default: the reach). Greedy, then interchange until no swap helps;
    `gap` is NaN, for this finds a very good answer and proves nothing.
    Source: Teitz and Bart 1968, Oper Res 16:955.
    """
    worth, here = _weights(weight, pairs), _indices(already, pairs)
    open_sites = np.setdiff1d(np.arange(pairs.sites), here)
    if not 1 <= choose <= open_sites.size:
        raise MethodError(f"Choose between 1 and {open_sites.size} of the sites that could be added.")
    furthest = float(pairs.reach if beyond is None else beyond)
    ways = _dense(pairs, furthest)
    start = ways[:, here].min(axis=1) if here.size else np.full(pairs.areas, furthest)
    picked: list[int] = []
    for _ in range(choose):
        now = np.minimum(start, ways[:, picked].min(axis=1)) if picked else start
        costs = worth @ np.minimum(now[:, None], ways[:, open_sites])
        costs[np.isin(open_sites, picked)] = np.inf
        picked.append(int(open_sites[int(np.argmin(costs))]))
    picked = _interchange(ways, worth, start, picked, open_sites)
    value = float(worth @ np.minimum(start, ways[:, picked].min(axis=1)))
    return Chosen(tuple(picked), value, float("nan"))


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing each site alone would do (sites,): weight left with none in reach, extra weighted distance."""

    left_without: Reals
    further: Reals


def closing_each(pairs: Pairs, *, weight: ArrayLike) -> Closing:
    """For every site: the weight of areas it alone reaches, and Σ w (second nearest - nearest) of the others.

    Errors: a weight below 0, or of another length than the areas.
    """
    worth = _weights(weight, pairs)
    order = np.lexsort((pairs.cost, pairs.area))
    area, site, cost = pairs.area[order], pairs.site[order], pairs.cost[order]
    first = np.flatnonzero(np.concatenate(([True], area[1:] != area[:-1]))) if area.size else np.zeros(0, np.int64)
    count = np.diff(np.append(first, area.size))
    alone, nearest = count == 1, site[first]
    left = _by_site(nearest[alone], worth[area[first][alone]], pairs)
    several = first[~alone]
    extra = worth[area[several]] * (cost[several + 1] - cost[several])
    return Closing(left, _by_site(site[several], extra, pairs))


def _by_site(site: NDArray[np.int32], amount: Reals, pairs: Pairs) -> Reals:
    return np.asarray(np.bincount(site, amount, minlength=pairs.sites), dtype=np.float64)


def _interchange(ways: Reals, worth: Reals, start: Reals, picked: list[int], open_sites: Sites) -> list[int]:
    best = float(worth @ np.minimum(start, ways[:, picked].min(axis=1)))
    improved = True
    while improved:
        improved = False
        for place in range(len(picked)):
            others = picked[:place] + picked[place + 1 :]
            base = np.minimum(start, ways[:, others].min(axis=1)) if others else start
            costs = worth @ np.minimum(base[:, None], ways[:, open_sites])
            costs[np.isin(open_sites, others)] = np.inf
            new = int(np.argmin(costs))
            if costs[new] < best - 1e-9 * max(best, 1.0):
                picked[place], best, improved = int(open_sites[new]), float(costs[new]), True
    return picked


def _solve_cover(
    cover: csr_array, worth: Reals, choose: int, seconds: float
) -> tuple[tuple[list[int], float] | None, float]:
    """The best sites found with their value (None if the time ran out first), and the bound no choice can beat."""
    areas, sites = cover.shape
    limits = [
        LinearConstraint(hstack([-cover, identity(areas, format="csr")], format="csr"), ub=0),
        LinearConstraint(np.concatenate([np.ones(sites), np.zeros(areas)])[None, :], ub=choose, lb=choose),
    ]
    answer = milp(
        np.concatenate([np.zeros(sites), -worth]), constraints=limits, bounds=Bounds(0, 1),
        integrality=np.concatenate([np.ones(sites), np.zeros(areas)]),
        options={"time_limit": seconds, "mip_rel_gap": 1e-6},
    )
    whole = float(worth.sum())
    bound = whole if answer.mip_dual_bound is None else min(-float(answer.mip_dual_bound), whole)
    if answer.x is None:
        return None, bound
    picked = sorted(np.argsort(-answer.x[:sites], kind="stable")[:choose].tolist())
    return (picked, _reached(cover, worth, picked)), bound


def _greedy(cover: csr_array, worth: Reals, choose: int) -> list[int]:
    left, columns = worth.copy(), cover.tocsc()
    picked: list[int] = []
    for _ in range(choose):
        gain = np.asarray(columns.T @ left).ravel()
        gain[picked] = -1.0
        one = int(np.argmax(gain))
        picked.append(one)
        left[columns.indices[columns.indptr[one] : columns.indptr[one + 1]]] = 0.0
    return picked


def _reached(cover: csr_array, worth: Reals, sites: list[int]) -> float:
    return float(worth[np.asarray(cover[:, sites].sum(axis=1)).ravel() > 0].sum())


def _cover(pairs: Pairs) -> csr_array:
    ones = np.ones(pairs.area.size)
    return csr_array((ones, (pairs.area, pairs.site)), shape=(pairs.areas, pairs.sites))


def _dense(pairs: Pairs, beyond: float) -> Reals:
    if pairs.areas * pairs.sites > 50_000_000:
        raise MethodError("That is more areas and sites than can be weighed at once: choose one county.")
    ways = np.full((pairs.areas, pairs.sites), beyond)
    np.minimum.at(ways, (pairs.area, pairs.site), pairs.cost)
    return ways


def _weights(weight: ArrayLike, pairs: Pairs) -> Reals:
    worth = reals(weight, "Weights", low=0)
    if worth.shape != (pairs.areas,) or np.isnan(worth).any():
        raise MethodError(f"Give a known weight for each of the {pairs.areas} areas.")
    return worth


def _indices(already: ArrayLike, pairs: Pairs) -> Sites:
    found = np.unique(np.asarray(already, dtype=np.int64))
    if found.size and (found[0] < 0 or found[-1] >= pairs.sites):
        raise MethodError(f"Sites are numbered from 0 to {pairs.sites - 1}.")
    return found
