"""Secondary suppression of 12 x 8 tables: ours against the compact mixed-integer program of the textbooks."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from commonweal.methods.attack import audit
from commonweal.methods.disclosure import Preset, Protection, arcs, primary, publish, with_margins
from commonweal.methods.suppression import secondary

RULE = Preset("threshold-5", 1, 4, Protection.SUPPRESS, 5, 3)
SHAPE, TABLES = (12, 8), 3


def compact(table: np.ndarray, small: np.ndarray) -> np.ndarray:
    """One program: a binary a cell, and for each small count a table above and a table below the true one."""
    cells, places = table.size, np.flatnonzero(small)
    tails, heads = (side.ravel() for side in arcs(table.shape))
    nodes, width = sum(table.shape), RULE.least_width
    room = np.clip(table.ravel() - RULE.hide_from, 0, width)
    at = np.arange(cells)
    parts, low, high, row = [], [], [], 0
    for number, place in enumerate(places):
        for side in (0, 1):
            start = cells * (1 + 2 * number + side)
            parts += [(row + tails, start + at, np.ones(cells)), (row + heads, start + at, -np.ones(cells))]
            low, high, row = low + [0] * nodes, high + [0] * nodes, row + nodes
            parts += [(row + at, start + at, np.ones(cells)), (row + at, at, -np.full(cells, width))]
            low, high, row = low + [-np.inf] * cells, high + [0] * cells, row + cells
            parts += [(row + at, start + at, np.ones(cells)), (row + at, at, room)]
            low, high, row = low + [0] * cells, high + [np.inf] * cells, row + cells
        first = cells * (1 + 2 * number) + place
        parts += [(np.array([row, row]), np.array([first, first + cells]), np.array([1.0, -1.0]))]
        low, high, row = [*low, width], [*high, np.inf], row + 1
    rows, columns, data = (np.concatenate(side) for side in zip(*parts, strict=True))
    size = cells * (1 + 2 * len(places))
    matrix = coo_array((data, (rows, columns)), shape=(row, size)).tocsr()
    cost = np.zeros(size)
    cost[:cells] = 1 + table.ravel() / (table[-1, -1] + 1)
    margin = np.zeros(table.shape, bool)
    margin[-1], margin[:, -1] = True, True
    cost[:cells] *= np.where(margin.ravel(), 10, 1)
    least, most = np.full(size, -float(width)), np.full(size, float(width))
    least[:cells], most[:cells] = small.ravel(), (small | (table > 0)).ravel()
    whole = np.arange(size) < cells
    found = milp(
        cost, constraints=LinearConstraint(matrix, low, high), bounds=Bounds(least, most), integrality=whole,
        options={"mip_rel_gap": 0.02},
    )
    return found.x[:cells].reshape(table.shape) > 0.5


def main() -> None:
    rng = np.random.default_rng(5)
    ours = peer = 0.0
    for _ in range(TABLES):
        table = with_margins(rng.negative_binomial(1.2, 0.06, size=SHAPE))
        small = primary(table, RULE)
        start = perf_counter()
        hidden = secondary(table, small, RULE)
        middle = perf_counter()
        other = compact(table, small)
        ours, peer = ours + middle - start, peer + perf_counter() - middle
        assert hidden is not None
        assert audit(publish(table, hidden, RULE), small).passed
        assert hidden.sum() <= other.sum() + 2
    print(f"suppression_vs_compact_milp {ours / TABLES:.4f} {peer / TABLES:.4f} {ours / peer:.3f}")


if __name__ == "__main__":
    main()
