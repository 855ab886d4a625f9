"""Which further cells to hide so that the small ones cannot be worked out, at the least loss to the reader."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from commonweal.methods.arrays import Reals
from commonweal.methods.disclosure import Counts, Mask, Preset, arcs, primary

LARGEST_SOLVED = 200   # cells with margins; beyond it the best set is not looked for
MOST_NODES = 5_000     # of one search: a count and not a time, so that every machine gives the same answer
MOST_ROUNDS = 300
NEAR_ENOUGH = 0.02     # of the least cost: less than one cell of fifty
FINE = 10_000          # capacities are whole numbers of this part of a count


@dataclass(frozen=True, slots=True)
class _Network:
    """The table as a network: each cell an arc that can carry more or less than its count, if it is hidden."""

    tails: NDArray[np.int64]
    heads: NDArray[np.int64]
    more: Reals        # how far each count may rise, at most the least span
    less: Reals        # how far it may fall
    nodes: int


def secondary(table: Counts, sensitive: Mask, preset: Preset) -> Mask | None:
    """The cheapest cells to hide, `sensitive` among them, that leave each sensitive count its least span.

    min Σ cost s over s in {0, 1}, such that in the network of the table, where only hidden cells carry change,
    each sensitive count can rise and fall by the least span in all. The condition is a minimum cut, so cuts that
    fail are found by maximum flow and added until none does. A cell costs 1 and a little by its size, a margin 10,
    the grand total 100. Zeros that the rule shows stay shown. None where no set will do or the table is too large.
    Source: Fischetti and Salazar 2001, Management Science 47:1008 (cell suppression, sliding protection).
    """
    if table.size > LARGEST_SOLVED:
        return None
    network, small = _network(table, preset), primary(table, preset)
    may = (sensitive | (table > 0)).ravel()
    within = Bounds(sensitive.ravel().astype(np.float64), may.astype(np.float64))
    rows, rights = _no_cell_alone(network, may)
    if not (sensitive & ~small).any():   # something that is not small is hidden too
        rows, rights = [*rows, (~small.ravel()).astype(np.float64)], [*rights, 1.0]
    whole, costs, places = 0, _costs(table), np.flatnonzero(sensitive)
    for _ in range(MOST_ROUNDS):
        chosen = _master(costs, rows, rights, within, whole=whole)
        if chosen is None:
            return None
        cuts = [cut for place in places if (cut := _violated(network, int(place), chosen, preset.least_width))]
        if not cuts and whole:
            return np.asarray(chosen.reshape(table.shape) > 0.5)
        if not cuts:
            whole = 1
        rows += [row for row, _ in cuts]
        rights += [right for _, right in cuts]
    return None


def _network(table: Counts, preset: Preset) -> _Network:
    tails, heads = arcs((table.shape[0], table.shape[1]))
    room = np.clip(table - preset.hide_from, 0, preset.least_width).ravel()
    full = np.full(room.size, float(preset.least_width))
    return _Network(tails.ravel(), heads.ravel(), full, room.astype(np.float64), sum(table.shape))


def _no_cell_alone(network: _Network, may: NDArray[np.bool_]) -> tuple[list[Reals], list[float]]:
    """Where a cell is hidden another of its row and another of its column is: alone it could be worked out."""
    rows = []
    for cell in np.flatnonzero(may):
        for node in (network.tails[cell], network.heads[cell]):
            row = ((network.tails == node) | (network.heads == node)).astype(np.float64)
            row[cell] = -1.0
            rows.append(row)
    return rows, [0.0] * len(rows)


def _costs(table: Counts) -> Reals:
    costs = 1 + table / (table[-1, -1] + 1.0)
    costs[-1, :] *= 10
    costs[:, -1] *= 10
    return np.asarray(costs.ravel())


def _master(costs: Reals, rows: list[Reals], rights: list[float], within: Bounds, *, whole: int) -> Reals | None:
    limits = LinearConstraint(csr_array(np.stack(rows)), np.asarray(rights), np.inf) if rows else ()
    found = milp(
        costs, constraints=limits, bounds=within, integrality=np.full(costs.size, whole),
        options={"node_limit": MOST_NODES, "mip_rel_gap": NEAR_ENOUGH},
    )
    if found.x is None:
        return None
    return np.round(found.x) if whole else np.asarray(found.x)


def _violated(network: _Network, place: int, chosen: Reals, width: int) -> tuple[Reals, float] | None:
    """A cut that the chosen cells fail for one sensitive cell: (coefficients, least), or None."""
    tail, head = int(network.tails[place]), int(network.heads[place])
    up, rise = _least_cut(network, place, chosen, (head, tail))
    down, fall = _least_cut(network, place, chosen, (tail, head))
    own = float(network.less[place])
    least = float(width)
    if fall > own:
        down, fall, least = np.zeros_like(down), own, width - own
    if min(rise, width) + fall >= width - 1e-3:
        return None
    return np.minimum(up + down, least), least


def _least_cut(network: _Network, place: int, chosen: Reals, ends: tuple[int, int]) -> tuple[Reals, float]:
    """The least cut between two nodes without one arc: each cell's capacity across it, and the flow through it."""
    share = chosen.copy()
    share[place] = 0.0
    forward, backward = network.more * share, network.less * share
    capacity = csr_array(
        (
            np.round(np.concatenate([forward, backward]) * FINE).astype(np.int32),
            (np.concatenate([network.tails, network.heads]), np.concatenate([network.heads, network.tails])),
        ),
        shape=(network.nodes, network.nodes),
    )
    flow = maximum_flow(capacity, *ends)
    left = csr_array(capacity - flow.flow)
    left.eliminate_zeros()
    reached = np.zeros(network.nodes, dtype=bool)
    reached[breadth_first_order(left, ends[0], return_predecessors=False)] = True
    out, back = reached[network.tails], reached[network.heads]
    crossing = np.where(out & ~back, network.more, 0.0) + np.where(back & ~out, network.less, 0.0)
    crossing[place] = 0.0
    return crossing, flow.flow_value / FINE
