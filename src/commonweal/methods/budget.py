"""Which options to fund within a budget, with floors for those in need: solved to proof, or the gap told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from commonweal.methods.arrays import MethodError, Reals, reals

TANGENTS = 24
SECONDS = 20.0
PROVEN = 1e-4


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen: cost (n,) in pounds, benefit of each to each group (n, g), and what binds the choice.

    `need` (g,) is how many in need each group has. `floors` (g,) is the least benefit a group must get.
    `must` and `never` are places of options; of each set in `one_of` at most one is taken.
    """

    cost: Reals
    benefit: Reals
    need: Reals
    budget: float
    floors: Reals
    must: tuple[int, ...] = ()
    never: tuple[int, ...] = ()
    one_of: tuple[tuple[int, ...], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Chosen:
    """The set chosen, what it costs and does for each group (g,); `gap` is how far from the best it might be.

    `proven`: no other set is better by more than one part in ten thousand.
    """

    taken: tuple[int, ...]
    cost: float
    benefit: Reals
    value: float
    gap: float
    proven: bool


def choice(
    cost: ArrayLike, benefit: ArrayLike, *, budget: float, need: ArrayLike | None = None,
    floors: ArrayLike | None = None,
) -> Choice:
    """Check and hold what may be chosen. Errors: no option, negative pounds, tables that do not fit together."""
    pounds, gives = reals(cost, "Costs", low=0), reals(benefit, "Benefits", low=0)
    if not pounds.size:
        raise MethodError("There is no option to choose from. Add at least one.")
    if gives.ndim != 2 or len(gives) != len(pounds) or np.isnan(gives).any() or np.isnan(pounds).any():
        raise MethodError("Give each option its cost and its benefit to every group; 0 where there is none.")
    if not (np.isfinite(budget) and budget >= 0):
        raise MethodError("A budget is 0 or more.")
    groups = gives.shape[1]
    many = np.ones(groups) if need is None else reals(need, "Need", low=0)
    least = np.zeros(groups) if floors is None else reals(floors, "Floors", low=0)
    if len(many) != groups or len(least) != groups:
        raise MethodError(f"Give need and floors for each of {groups} groups.")
    return Choice(pounds, gives, many, float(budget), least)


def most_benefit(given: Choice, *, seconds: float = SECONDS) -> Chosen:
    """The set of most benefit in all: max Σ b(ig) x(i), Σ c x ≤ budget, Σ b(ig) x(i) ≥ floor(g), x 0 or 1.

    Errors: nothing fits, said with what stands in the way. Source: the knapsack problem with side conditions
    (Martello and Toth 1990), by branch and bound (HiGHS).
    """
    weights = given.benefit.sum(axis=1)
    found = milp(-weights, constraints=LinearConstraint(*_limits(given)), bounds=_bounds(given),
                 integrality=np.ones(len(weights), dtype=np.int64),
                 options={"time_limit": seconds, "mip_rel_gap": 1e-9})
    return _chosen(given, found, found.x, lambda got: float(got.sum()))


def fairest(given: Choice, *, seconds: float = SECONDS) -> Chosen:
    """The set of greatest proportional fairness: max Σ need(g) ln(1 + u(g)), u(g) benefit a head of need.

    The curve is taken as the least of 24 tangents, so the value is exact at what is chosen and the bound of the
    solver errs upwards. Errors: as `most_benefit`. Source: Nash 1950; proportional fairness, Kelly 1998.
    """
    scale = np.maximum(given.need, 1e-12)
    per_head = given.benefit / scale
    options, groups = given.benefit.shape
    points = [np.expm1(np.linspace(0, np.log1p(max(top, 1e-9)), TANGENTS)) for top in per_head.sum(axis=0)]
    rows, ends = [], []
    for group, places in enumerate(points):
        slopes = 1 / (1 + places)
        level = np.zeros((TANGENTS, groups))
        level[:, group] = 1
        rows.append(np.hstack([-slopes[:, None] * per_head[:, group], level]))
        ends.append(np.log1p(places) - slopes * places)
    table, low, high = _limits(given)
    wide = np.hstack([table, np.zeros((len(table), groups))])
    found = milp(
        np.concatenate([np.zeros(options), -given.need]),
        constraints=[LinearConstraint(wide, low, high),
                     LinearConstraint(np.vstack(rows), -np.inf, np.concatenate(ends))],
        bounds=Bounds(np.concatenate([_bounds(given).lb, np.zeros(groups)]),
                      np.concatenate([_bounds(given).ub, np.full(groups, np.inf)])),
        integrality=np.repeat(np.array([1, 0]), [options, groups]),
        options={"time_limit": seconds, "mip_rel_gap": 1e-6},
    )
    chosen = None if found.x is None else found.x[:options]
    return _chosen(given, found, chosen, lambda got: float(given.need @ np.log1p(got / scale)))


def shared_unequally(benefit: ArrayLike, need: ArrayLike) -> float:
    """Gini of benefit a head of need over groups (g,), weighted by need: 0 all alike, near 1 one has all.

    Source: Gini 1912; covariance form for weighted data (Lerman and Yitzhaki 1989).
    """
    got, many = reals(benefit, "Benefit", low=0), reals(need, "Need", low=0)
    there = many > 0
    if not there.any() or got[there].sum() == 0:
        return 0.0
    order = np.argsort(got[there] / many[there])
    part, mass = got[there][order], many[there][order]
    people = np.concatenate(([0.0], np.cumsum(mass) / mass.sum()))
    held = np.concatenate(([0.0], np.cumsum(part) / part.sum()))
    return float(1 - ((held[1:] + held[:-1]) * np.diff(people)).sum())


def _limits(given: Choice) -> tuple[Reals, Reals, Reals]:
    rows = [given.cost, *given.benefit.T]
    low = [-np.inf, *given.floors]
    high = [given.budget, *np.full(len(given.floors), np.inf)]
    for places in given.one_of:
        row = np.zeros(len(given.cost))
        row[list(places)] = 1
        rows.append(row)
        low.append(-np.inf)
        high.append(1)
    return np.vstack(rows), np.array(low), np.array(high)


def _bounds(given: Choice) -> Bounds:
    low, high = np.zeros(len(given.cost)), np.ones(len(given.cost))
    low[list(given.must)] = 1
    high[list(given.never)] = 0
    if (low > high).any():
        raise MethodError("An option is both one that must be taken and one that must not. Change one of them.")
    return Bounds(low, high)


def _chosen(
    given: Choice, found: OptimizeResult, x: Reals | None, value: Callable[[Reals], float]
) -> Chosen:
    if x is None:
        raise MethodError(_why_not(given) if found.status == 2 else "No set was found in the time allowed.")
    taken = tuple(int(place) for place in np.flatnonzero(x > 0.5))
    got = given.benefit[list(taken)].sum(axis=0) if taken else np.zeros(given.benefit.shape[1])
    gap = float(found.mip_gap or 0.0)
    return Chosen(taken, float(given.cost[list(taken)].sum()), got, value(got), gap, gap <= PROVEN)


def _why_not(given: Choice) -> str:
    """Which of the conditions stands in the way, tried one at a time."""
    bound = float(given.cost[list(given.must)].sum())
    if bound > given.budget:
        return f"What must be taken costs £{bound:,.0f}, more than the budget of £{given.budget:,.0f}."
    most = np.delete(given.benefit, given.never, axis=0).sum(axis=0)
    if (most < given.floors).any():
        group = int(np.flatnonzero(most < given.floors)[0])
        return f"Even all options together do not reach the floor of group {group + 1}. Lower it or add options."
    return "No set of options keeps within the budget and reaches every floor. Lower a floor or raise the budget."
