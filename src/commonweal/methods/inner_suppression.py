"""Which cells to hide where everybody knows the margins: sizes of groups, and answers over all."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.arrays import MethodError
from commonweal.methods.disclosure import Counts, Mask, Preset, primary

Cell = tuple[int, int]
Corners = tuple[Cell, Cell, Cell]


def hidden_beside_margins(counts: ArrayLike, preset: Preset, *, columns: Mask | None = None) -> Mask:
    """Cells of an (r, c) table to hide, all small ones among them, so that its margins tell none of them.

    `columns` (c,) are those hidden whatever they hold, because their total is. A small cell n(ij) is safe in a
    rectangle i, j, k, l of hidden cells: counts may move round it, up by min(n(il), n(kj)) and down by
    min(n(ij), n(kl)), and every margin stays. The rectangle that hides least and leaves the rule's least span is
    hidden with it; where a small cell has none, all are hidden. Errors: no table of whole numbers.
    Source: Cox 1980, Suppression methodology and statistical disclosure control, JASA 75:377 (cycles).
    """
    table = np.asarray(counts)
    if table.ndim != 2 or not table.size or not np.issubdtype(table.dtype, np.integer) or (table < 0).any():
        raise MethodError("Give a two-way table of whole counts of 0 or more.")
    hidden = primary(table, preset) | (np.zeros(table.shape[1], dtype=bool) if columns is None else columns)
    for row, column in np.argwhere(primary(table, preset)):
        corners = _rectangle(table, hidden, (int(row), int(column)), preset.least_width)
        if corners is None:
            return np.ones(table.shape, dtype=bool)
        for corner in corners:
            hidden[corner] = True
    return np.asarray(hidden)


def _rectangle(table: Counts, hidden: Mask, cell: Cell, width: int) -> Corners | None:
    """The three other corners that protect a cell at the least cost: cells newly hidden, then people in them."""
    row, column = cell
    best: tuple[tuple[int, int], Corners] | None = None
    for other in range(table.shape[0]):
        for along in range(table.shape[1]):
            if other == row or along == column:
                continue
            corners = ((row, along), (other, column), (other, along))
            up = min(table[corners[0]], table[corners[1]])
            down = min(table[cell], table[corners[2]])
            if up + down < width:
                continue
            new = [int(table[corner]) for corner in corners if not hidden[corner]]
            cost = (len(new), sum(new))
            if best is None or cost < best[0]:
                best = cost, corners
    return None if best is None else best[1]
