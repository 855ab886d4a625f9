"""Several rankings into one by a stated rule, and how far the answer hangs on the rule and on whom it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse.csgraph import connected_components

from commonweal.methods.agreement import ranks_of
from commonweal.methods.arrays import MethodError, Reals, reals

MOST_EXACT = 20
CLOSE = 1e-12  # of two sums of weights that differ by rounding alone


@dataclass(frozen=True, slots=True)
class Pooled:
    """Items in their pooled order, best first; `points` (n,) by item; `agreed` the share of preferences kept."""

    order: tuple[int, ...]
    points: Reals
    agreed: float


@dataclass(frozen=True, slots=True)
class Hangs:
    """An item whose place changes: under the other rule (`without` None) or without one group (its number)."""

    item: int
    place: int
    other: int
    without: int | None


def borda(ranks: ArrayLike, *, weights: ArrayLike | None = None) -> Pooled:
    """Borda: an item gets n - rank points from each ranking, tied items the mean of their places.

    `ranks` (m, n), `weights` (m,) of the rankings (all 1). Equal points keep the order given. Errors: a weight
    below 0, none above. Source: Borda 1781, Histoire de l'Académie Royale des Sciences.
    """
    table = ranks_of(ranks)
    each = _weights(weights, table.shape[0])
    points = each @ (table.shape[1] - table)
    order = tuple(int(one) for one in np.argsort(-points, kind="stable"))
    return Pooled(order, points, _kept(order, _preferred(table, each)))


def kemeny(ranks: ArrayLike, *, weights: ArrayLike | None = None) -> Pooled:
    """Kemeny: the order that keeps most pairwise preferences, exact by dynamic programming to 20 items.

    best(S) = max over the item placed last in S of best(S without it) + Σ preferences of the rest over it; a tie
    in a ranking counts half each way. Of equally good orders the one nearest to the order given. `points` is each
    item's preferences over all others. Errors: as `borda`, and more than 20 items.
    Source: Kemeny 1959, Daedalus 88:577; Betzler et al. 2009.
    """
    table = ranks_of(ranks)
    each, n = _weights(weights, table.shape[0]), table.shape[1]
    if n > MOST_EXACT:
        raise MethodError(f"With {n} items the best order cannot be found exactly: rank at most {MOST_EXACT}.")
    over = _preferred(table, each)
    order = _best_order(over)
    return Pooled(order, over.sum(axis=1), _kept(order, over))


def pool_groups(groups: tuple[Reals, ...], weights: ArrayLike) -> tuple[Reals, Pooled]:
    """Pool inside each group first, so that many residents do not drown a few partners; then across by `weights`.

    `groups` each (m, n) of ranks; gives each group's own ranks (g, n) and the pooled order by Borda of those.
    """
    own = np.stack([ranks_of(-borda(group).points[None, :])[0] for group in groups])
    return own, borda(own, weights=weights)


def hangs_on(ranks: ArrayLike, *, weights: ArrayLike | None = None) -> tuple[Hangs, ...]:
    """Which items change place under Kemeny's rule, or without one of the rankings, against Borda of all."""
    table = ranks_of(ranks)
    each = _weights(weights, table.shape[0])
    place = _places(borda(table, weights=each).order)
    found: list[Hangs] = []
    if table.shape[1] <= MOST_EXACT:
        found += _moved(place, _places(kemeny(table, weights=each).order), None)
    for left_out in range(table.shape[0]):
        rest = np.arange(table.shape[0]) != left_out
        if table.shape[0] > 1 and each[rest].sum() > 0:
            found += _moved(place, _places(borda(table[rest], weights=each[rest]).order), left_out)
    return tuple(found)


def _moved(place: NDArray[np.int64], other: NDArray[np.int64], without: int | None) -> list[Hangs]:
    return [
        Hangs(int(item), int(place[item]) + 1, int(other[item]) + 1, without)
        for item in np.flatnonzero(place != other)
    ]


def _places(order: tuple[int, ...]) -> NDArray[np.int64]:
    place = np.empty(len(order), dtype=np.int64)
    place[list(order)] = np.arange(len(order))
    return place


def _weights(weights: ArrayLike | None, rankers: int) -> Reals:
    each = np.ones(rankers) if weights is None else reals(weights, "Weights", low=0)
    if each.shape != (rankers,):
        raise MethodError(f"There are {rankers} rankings: give a weight for each.")
    if not each.sum() > 0:
        raise MethodError("At least one ranking must count for more than 0.")
    return each


def _preferred(table: Reals, each: Reals) -> Reals:
    """Weight of the rankings that put item i before item j (n, n); a tie is half each way."""
    before = (table[:, :, None] < table[:, None, :]) + 0.5 * (table[:, :, None] == table[:, None, :])
    over = np.einsum("m,mij->ij", each, before)
    np.fill_diagonal(over, 0)
    return np.asarray(over)


def _kept(order: tuple[int, ...], over: Reals) -> float:
    sorted_over = over[np.ix_(order, order)]
    whole = float(over.sum())
    return float(np.triu(sorted_over, 1).sum()) / whole if whole else 1.0


@lru_cache(maxsize=4)
def _sets_by_size(n: int) -> tuple[NDArray[np.int64], ...]:
    sets = np.arange(1 << n, dtype=np.int64)
    sizes = np.zeros(1 << n, dtype=np.int8)
    for bit in range(n):
        sizes += ((sets >> bit) & 1).astype(np.int8)
    return tuple(sets[sizes == size] for size in range(n + 1))


def _best_order(over: Reals) -> tuple[int, ...]:
    """The best order; groups that a majority sets wholly before the next are each ordered alone.

    Exact, for such a group stands before the next in every best order (Truchon 1998, extended Condorcet).
    """
    key = np.ascontiguousarray(over, dtype=np.float64).tobytes()
    return _known_order(key, len(over))


@lru_cache(maxsize=256)
def _known_order(key: bytes, n: int) -> tuple[int, ...]:
    over = np.frombuffer(key).reshape(n, n)
    _, group = connected_components(over >= over.T - CLOSE, directed=True, connection="strong")
    beaten = (over > over.T + CLOSE).sum(axis=1)
    order: list[int] = []
    for one in sorted(set(group.tolist()), key=lambda each: -float(beaten[group == each].mean())):
        items = np.flatnonzero(group == one)
        order += [int(items[at]) for at in _by_sets(over[np.ix_(items, items)])]
    return tuple(order)


def _by_sets(over: Reals) -> tuple[int, ...]:
    """The best order by the value of every set of items, smallest sets first."""
    n = len(over)
    if n == 1:
        return (0,)
    into = _sums_into(over)
    value = np.zeros(1 << n)
    last = np.full(1 << n, -1, dtype=np.int8)
    for sets in _sets_by_size(n)[1:]:
        best = np.full(sets.size, -np.inf)
        chosen = np.zeros(sets.size, dtype=np.int8)
        for item in range(n):
            held = (sets >> item) & 1 == 1
            rest = sets[held] ^ (1 << item)
            found = value[rest] + into(item, rest)
            better = found >= best[held] - CLOSE
            at = np.flatnonzero(held)[better]
            best[at], chosen[at] = found[better], item
        value[sets], last[sets] = best, chosen
    order, left = [], (1 << n) - 1
    while left:
        order.append(int(last[left]))
        left ^= 1 << order[-1]
    return tuple(reversed(order))


def _sums_into(over: Reals) -> Callable[[int, NDArray[np.int64]], Reals]:
    """For an item and sets of others: Σ preferences of the members over the item, by two halves of the bits."""
    n = len(over)
    low = n // 2
    tables = []
    for start, size in ((0, low), (low, n - low)):
        bits = (np.arange(1 << size)[:, None] >> np.arange(size)[None, :]) & 1
        tables.append(bits @ over[start : start + size])
    mask = (1 << low) - 1
    return lambda item, sets: tables[0][sets & mask, item] + tables[1][sets >> low, item]
