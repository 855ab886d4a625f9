"""Which organisations together cover what is needed, within what each can carry, and what nobody covers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array, vstack

from commonweal.methods.arrays import MethodError, Reals, reals

Whole = NDArray[np.int64]
Told = Callable[[float, str], None]
Shown = Callable[["Team"], None]
TINY = 1e-6
PROVEN = 1e-4     # a gap below this counts as proven, as solvers count it
UNMET = 20.0     # an unmet unit costs so many times the dearest one that is offered
EARLY = 10.0     # seconds given to a first answer that may be a twentieth from the best, where there is a minute
EARLY_GAP = 0.05


@dataclass(frozen=True, slots=True)
class Pool:
    """Who offers what. `organisation`, `package`, `units`, `price` are one a line; the rest one an organisation.

    `limit` is the most money one may carry (its share of turnover), `whole` the most units over all packages,
    `joining` what one more partner costs to work with, `leads` who could be the lead body.
    """

    organisation: Whole
    package: Whole
    units: Reals
    price: Reals
    limit: Reals
    whole: Reals
    joining: Reals
    leads: NDArray[np.bool_]

    @property
    def size(self) -> int:
        """How many organisations."""
        return int(self.limit.size)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is needed: units of each package, at most how many partners, and who must or must not be in."""

    demand: Reals
    partners: int | None = None
    one_leads: bool = True
    must: tuple[int, ...] = ()
    apart: tuple[frozenset[int], ...] = ()    # teams found before: differ from each by `differ` members
    differ: int = 2


@dataclass(frozen=True, slots=True)
class Team:
    """Who is in it, who leads, what each does (one a line of the pool), what is unmet, and how sure it is best.

    `gap` is the most by which a better one could beat it, as a share of its cost; 0 where proven best.
    """

    members: tuple[int, ...]
    lead: int | None
    does: Reals
    unmet: Reals
    cost: float
    gap: float
    seconds: float


def pool_of(
    lines: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike], *, limit: ArrayLike, whole: ArrayLike,
    joining: ArrayLike, leads: ArrayLike,
) -> Pool:
    """The pool from plain arrays, checked: ids are whole numbers from 0, nothing is below nought."""
    who, what = (np.asarray(one, dtype=np.int64) for one in lines[:2])
    units, price = reals(lines[2], "units"), reals(lines[3], "price")
    made = Pool(who, what, units, price, reals(limit, "limit"), reals(whole, "whole"),
                reals(joining, "joining"), np.asarray(leads, dtype=bool))
    sizes = {who.size, what.size, units.size, price.size}
    if len(sizes) != 1 or len({made.limit.size, made.whole.size, made.joining.size, made.leads.size}) != 1:
        raise MethodError("Every line and every organisation needs all of its numbers.")
    if who.size and (min(who.min(), what.min()) < 0 or who.max() >= made.size):
        raise MethodError("A line names an organisation or package that is not there.")
    if any(one.size and (one.min() < 0 or not np.isfinite(one).all())
           for one in (units, price, made.limit, made.whole, made.joining)):
        raise MethodError("Units, prices and limits are nought or more.")
    return made


def best_team(pool: Pool, wish: Wish, *, seconds: float = 60.0, tell: Told | None = None,
              show: Shown | None = None) -> Team:
    """The team that leaves least unmet, and of those the cheapest to buy and to hold together.

    min Σ price f + Σ joining y + big Σ unmet; Σ f + unmet = demand (a package);
    f <= min(units, demand) y (a line);
    Σ price f <= limit y; Σ f <= whole y; one lead z <= y, Σ z = 1; Σ y <= partners; y, z in {0, 1}.
    Demand is elastic, so that what nobody covers comes out as a list and never as "infeasible". The relaxation
    is solved first: its value is a bound, and its members the field of a small search; then, time allowing, every
    organisation whose reduced cost shows that it could not better the answer is left out and the rest is solved
    whole, which proves it. With `show`, a good answer is shown as soon as there is one. Errors: no lead where
    one must lead, more must be in than may.
    Source: Balas and Zemel 1980, Oper Res 28:1130 (core); Nemhauser and Wolsey 1988, II.3.4 (reduced cost fixing).
    """
    begun, tell = monotonic(), tell or (lambda share, words: None)
    _possible(pool, wish)
    model = _Model(pool, wish)
    if not model.lines.size:
        return _nobody(pool, wish, monotonic() - begun)
    tell(0.05, "Working out what is possible at best.")
    bound, y, reduced = model.relaxed()
    field = model.core(y, wish)
    tell(0.3, "Looking for a first team among those most likely.")
    if show is not None and seconds >= 4 * EARLY:
        early = model.solved(field, EARLY, gap=EARLY_GAP)
        if early is not None:
            first = model.team(early, bound, monotonic() - begun)
            show(first)
            tell(0.4, f"{_so_far(first)} Looking for a better one.")
    found = model.solved(field, max(seconds - (monotonic() - begun), 1.0) * 0.6)
    if found is None:
        raise MethodError("No team keeps all the limits. Allow more partners, or ask for less to be kept in.")
    team = model.team(found, bound, monotonic() - begun)
    if show is not None:
        show(team)
    tell(0.7, _so_far(team))
    left = seconds - (monotonic() - begun)
    rest = model.not_ruled_out(found[1], bound, reduced, field)
    if team.gap > PROVEN and left > 1.0 and rest.sum() <= max(4 * field.sum(), 2_000):
        better = model.solved(rest, left, gap=5e-5)
        if better is not None:
            proven = max(bound, min(better[2], better[1]))
            best = better if better[1] <= found[1] else found
            team = model.team(best, proven, monotonic() - begun)
    tell(1.0, "Done.")
    return replace(team, seconds=monotonic() - begun)


def _so_far(team: Team) -> str:
    return f"A first team of {len(team.members)} is found. It is at most {team.gap:.1%} from the best."


def other_teams(pool: Pool, wish: Wish, first: Team, *, count: int = 2, within: float = 0.1,
                seconds: float = 20.0) -> tuple[Team, ...]:
    """Teams that differ from every one before by two members or more, and cost at most a share `within` more.

    Source: no-good cuts, Balas and Jeroslow 1972, SIAM J Appl Math 23:61.
    """
    found: list[Team] = []
    for _ in range(count):
        apart = (frozenset(first.members), *(frozenset(one.members) for one in found))
        try:
            team = best_team(pool, replace(wish, apart=apart), seconds=seconds / count)
        except MethodError:
            break
        if not team.members or team.cost > first.cost * (1 + within) + TINY \
                or team.unmet.sum() > first.unmet.sum() + TINY:
            break
        found.append(team)
    return tuple(found)


def greedy_team(pool: Pool, wish: Wish) -> Team:
    """What one would do by hand: again and again whoever adds most units for the money, until nothing is added.

    Source: Chvátal 1979, Math Oper Res 4:233.
    """
    begun, left = monotonic(), wish.demand.copy()
    does, members = np.zeros(pool.units.size), list(wish.must)
    by = [np.flatnonzero(pool.organisation == one) for one in range(pool.size)]
    waits = set(range(pool.size)) - set(members)
    for one in members:
        _take(pool, by[one], left, does, one)
    while waits and left.sum() > TINY and len(members) < (wish.partners or pool.size):
        tries = {one: _worth(pool, by[one], left, one) for one in waits}
        best = min(tries, key=lambda one: tries[one])
        if not np.isfinite(tries[best]):
            break
        _take(pool, by[best], left, does, best)
        members.append(best)
        waits -= {best} | {one for one, value in tries.items() if not np.isfinite(value)}
    cost = float(pool.price @ does + pool.joining[members].sum() + _penalty(pool) * left.sum())
    return Team(tuple(sorted(members)), None, does, left, cost, 1.0, monotonic() - begun)


def _worth(pool: Pool, rows: Whole, left: Reals, one: int) -> float:
    does = np.zeros(pool.units.size)
    _take(pool, rows, left.copy(), does, one)
    units = float(does.sum())
    return float((pool.price @ does + pool.joining[one]) / units) if units > TINY else np.inf


def _take(pool: Pool, rows: Whole, left: Reals, does: Reals, one: int) -> None:
    money, units = pool.limit[one], pool.whole[one]
    for row in rows[np.argsort(pool.price[rows])]:
        price = pool.price[row]
        most = min(pool.units[row], left[pool.package[row]], units, money / price if price > 0 else np.inf)
        does[row] = max(most, 0.0)
        left[pool.package[row]] -= does[row]
        units -= does[row]
        money -= does[row] * price


def _penalty(pool: Pool) -> float:
    dearest = float(pool.price.max()) if pool.price.size else 1.0
    return UNMET * max(dearest, 1.0) + float(pool.joining.max(initial=0.0))


def _possible(pool: Pool, wish: Wish) -> None:
    if wish.demand.size == 0 or wish.demand.min() < 0:
        raise MethodError("Say how many units of each package are needed: nought or more.")
    if pool.package.size and pool.package.max() >= wish.demand.size:
        raise MethodError("A line names a package that is not asked for.")
    if wish.partners is not None and len(wish.must) > wish.partners:
        raise MethodError("More must be in the team than may be in it.")
    if wish.one_leads and pool.size and not pool.leads.any():
        raise MethodError("Nobody who is willing could be the lead body.")


def _nobody(pool: Pool, wish: Wish, seconds: float) -> Team:
    cost = _penalty(pool) * float(wish.demand.sum())
    return Team((), None, np.zeros(pool.units.size), wish.demand.copy(), cost, 0.0, seconds)


class _Model:
    """The columns: f (a line), then y, then z (an organisation), then unmet (a package)."""

    def __init__(self, pool: Pool, wish: Wish) -> None:
        self.pool, self.wish = pool, wish
        cap = np.minimum(pool.units, wish.demand[pool.package]) if pool.package.size else pool.units
        room = np.minimum(cap, pool.whole[pool.organisation]) if cap.size else cap
        money = pool.limit[pool.organisation] / np.maximum(pool.price, 1e-9) if cap.size else cap
        self.cap = np.minimum(room, money)
        self.lines = np.flatnonzero(self.cap > TINY)

    def relaxed(self) -> tuple[float, Reals, Reals]:
        """The bound, how far each organisation is in, and what bringing each in would cost beyond that."""
        everybody = np.ones(self.pool.size, dtype=bool)
        cost, matrix, low, high, top, at = self._columns(everybody)
        same = low == high
        upper = np.isfinite(high) & ~same
        lower = np.isfinite(low) & ~same
        rows = vstack([matrix[upper], -matrix[lower]]).tocsr()
        sides = np.concatenate([high[upper], -low[lower]])
        given: dict[str, Any] = {"A_ub": rows, "b_ub": sides, "A_eq": matrix[same], "b_eq": high[same],
                                 "bounds": np.column_stack([np.zeros(cost.size), top])}  # sparse, unknown to stubs
        done = linprog(cost, method="highs", **given)
        if done.status != 0 or done.x is None or done.fun is None:
            raise MethodError("No team keeps all the limits. Allow more partners, or ask for less to be kept in.")
        at_y = slice(at[0], at[1])
        return float(done.fun), done.x[at_y], np.asarray(done.lower.marginals)[at_y]

    def core(self, y: Reals, wish: Wish) -> NDArray[np.bool_]:
        """The relaxation's own members, those who must be in, and the cheapest that could lead."""
        field: NDArray[np.bool_] = y > 1e-7
        field[list(wish.must)] = True
        if wish.one_leads and not field[self.pool.leads].any():
            able = np.flatnonzero(self.pool.leads)
            field[able[np.argsort(self.pool.joining[able])][:20]] = True
        for team in wish.apart:
            order = np.argsort(-y, kind="stable")
            field[order[:field.sum() + 10 * len(team)]] = True
        return field

    def not_ruled_out(self, value: float, bound: float, reduced: Reals, field: NDArray[np.bool_]
                      ) -> NDArray[np.bool_]:
        """All but those that would cost more to bring in than there is between the bound and the answer."""
        return field | (reduced <= value - bound + TINY)

    def solved(self, field: NDArray[np.bool_], seconds: float, *, gap: float = 1e-4
               ) -> tuple[Reals, float, float, NDArray[np.bool_]] | None:
        """The answer with only those of `field`: columns, value, bound; None where none was found in time."""
        cost, matrix, low, high, top, at = self._columns(field)
        whole = np.zeros(cost.size, dtype=np.int64)
        whole[at[0]:at[2]] = 1
        done = milp(cost, integrality=whole, bounds=Bounds(np.zeros(cost.size), top),
                    constraints=LinearConstraint(matrix, low, high),
                    options={"time_limit": seconds, "mip_rel_gap": gap})
        if done.x is None:
            return None
        return done.x, float(done.fun), float(done.mip_dual_bound), field

    def team(self, found: tuple[Reals, float, float, NDArray[np.bool_]], bound: float, seconds: float) -> Team:
        """The columns as a team."""
        x, value, _, field = found
        ids, lines = np.flatnonzero(field), self._lines(field)
        does = np.zeros(self.pool.units.size)
        does[lines] = np.where(x[:lines.size] > TINY, x[:lines.size], 0.0)
        chosen = ids[x[lines.size:lines.size + ids.size] > 0.5]
        heads = ids[x[lines.size + ids.size:lines.size + 2 * ids.size] > 0.5] if self.wish.one_leads else ids[:0]
        unmet = np.maximum(x[-self.wish.demand.size:], 0.0)
        unmet[unmet < TINY] = 0.0
        gap = max(value - bound, 0.0) / value if value > 0 else 0.0
        return Team(tuple(int(one) for one in chosen), int(heads[0]) if heads.size else None, does, unmet, value,
                    0.0 if gap < 1e-5 else gap, seconds)

    def _lines(self, field: NDArray[np.bool_]) -> Whole:
        return self.lines[field[self.pool.organisation[self.lines]]]

    def _columns(self, field: NDArray[np.bool_]
                 ) -> tuple[Reals, csr_array, Reals, Reals, Reals, tuple[int, int, int]]:
        """Costs, rows with their sides, upper bounds, and where y, z and unmet begin."""
        pool, wish = self.pool, self.wish
        lines, ids = self._lines(field), np.flatnonzero(field)
        place = np.full(pool.size, -1)
        place[ids] = np.arange(ids.size)
        who, n, k, packages = place[pool.organisation[lines]], lines.size, ids.size, wish.demand.size
        y, z, unmet = n, n + k, n + k + (k if wish.one_leads else 0)
        width, f = unmet + packages, np.arange(n)
        parts: list[csr_array] = []
        lows: list[Reals] = []
        highs: list[Reals] = []

        def put(rows: Whole, columns: Whole, values: Reals, low: Reals, high: Reals) -> None:
            parts.append(csr_array(coo_array((values, (rows, columns)), shape=(low.size, width))))
            lows.append(low)
            highs.append(high)

        free, nought, each = np.full(k, -np.inf), np.zeros(k), np.arange(k)
        package = pool.package[lines]
        put(np.concatenate([package, np.arange(packages)]), np.concatenate([f, unmet + np.arange(packages)]),
            np.ones(n + packages), wish.demand, wish.demand)
        put(np.concatenate([f, f]), np.concatenate([f, y + who]), np.concatenate([np.ones(n), -self.cap[lines]]),
            np.full(n, -np.inf), np.zeros(n))
        put(np.concatenate([who, each]), np.concatenate([f, y + each]),
            np.concatenate([pool.price[lines], -pool.limit[ids]]), free, nought)
        put(np.concatenate([who, each]), np.concatenate([f, y + each]),
            np.concatenate([np.ones(n), -pool.whole[ids]]), free, nought)
        if wish.one_leads:
            put(np.concatenate([each, each]), np.concatenate([z + each, y + each]),
                np.concatenate([np.ones(k), -np.ones(k)]), free, nought)
            put(np.zeros(k, dtype=np.int64), z + each, np.ones(k), np.ones(1), np.ones(1))
        if wish.partners is not None:
            put(np.zeros(k, dtype=np.int64), y + each, np.ones(k), np.full(1, -np.inf), np.full(1, wish.partners))
        for team in wish.apart:
            old = place[sorted(team)]
            old = old[old >= 0]
            put(np.zeros(old.size, dtype=np.int64), y + old, np.ones(old.size), np.full(1, -np.inf),
                np.full(1, float(max(len(team) - wish.differ, 0))))
        cost = np.concatenate([pool.price[lines], pool.joining[ids], np.zeros(unmet - z),
                               np.full(packages, _penalty(pool))])
        top = np.concatenate([self.cap[lines], np.ones(k), pool.leads[ids].astype(float)[:unmet - z], wish.demand])
        matrix = csr_array(vstack(parts).tocsr())
        low, high = np.concatenate(lows), np.concatenate(highs)
        if wish.must:
            must = place[list(wish.must)]
            must_rows = csr_array(coo_array((np.ones(must.size), (np.arange(must.size), y + must)),
                                            shape=(must.size, width)))
            matrix = csr_array(vstack([matrix, must_rows]).tocsr())
            low, high = np.concatenate([low, np.ones(must.size)]), np.concatenate([high, np.ones(must.size)])
        return cost, matrix, low, high, top, (y, z, unmet)
