"""The rules that hide counts which could tell of one person, and tables as they are then published."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.arrays import MethodError

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


CLOSE = 0.1  # a guess within this share of the truth tells it


class Protection(StrEnum):
    """How what the hidden small counts leave open is closed."""

    ROUND = "round"        # every count shown is rounded
    SUPPRESS = "suppress"  # further cells are hidden, the rest shown exactly


@dataclass(frozen=True, slots=True)
class Preset:
    """A named rule: counts from `hide_from` to `hide_to` are hidden, and how the rest is protected.

    `least_width` is the least span an attacker may be left with for a hidden count (3: four possible values).
    `round_to` is the base of rounding, of ROUND and of what SUPPRESS falls back on.
    """

    key: str
    hide_from: int
    hide_to: int
    protection: Protection
    round_to: int
    least_width: int

    def __post_init__(self) -> None:
        if self.hide_from not in (0, 1) or self.hide_to <= self.hide_from:
            raise MethodError("A rule hides counts from 0 or 1 up to a larger number.")
        if self.round_to < 2 or not 1 <= self.least_width <= self.hide_to - self.hide_from:
            raise MethodError("Round to 2 or more; leave open a span of at least 1, no wider than what is hidden.")


@dataclass(frozen=True, slots=True)
class Publication:
    """A table as published, margins in the last row and column: exactly what an attacker sees.

    `shown` has -1 where `hidden`. `base` is 1 where the counts shown are exact. `mixed` says that not every
    hidden count is small, so that being hidden tells nothing of its size; `zeros` that a 0 may be hidden.
    """

    shown: Counts
    hidden: Mask
    base: int
    mixed: bool
    zeros: bool
    preset: Preset


def with_margins(counts: ArrayLike) -> Counts:
    """An (r, c) table of whole counts with row totals, column totals and the grand total added.

    Errors: a table that is not two-way, counts that are negative or not whole.
    """
    table = np.asarray(counts)
    if table.ndim != 2 or not table.size:
        raise MethodError("Give a table of counts with rows and columns.")
    if not np.issubdtype(table.dtype, np.integer) or (table < 0).any():
        raise MethodError("Every count must be a whole number of 0 or more.")
    inner = table.astype(np.int64)
    wide = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    return np.vstack([wide, wide.sum(axis=0, keepdims=True)])


def primary(table: Counts, preset: Preset) -> Mask:
    """Which counts, margins among them, the rule hides by their size alone."""
    return np.asarray((table >= preset.hide_from) & (table <= preset.hide_to))


def concentrated(
    largest: ArrayLike, second: ArrayLike, total: ArrayLike, contributors: ArrayLike, *, least: int = 3
) -> Mask:
    """Cells about so few organisations that one shows: fewer than `least`, or one that dominates (p%).

    Dominance: total - largest - second < 0.1 x largest, so that the second could guess the largest closely.
    Source: Hundepool et al. 2012, Statistical Disclosure Control, ch. 4.
    """
    first, other, whole = (np.asarray(each, dtype=np.float64) for each in (largest, second, total))
    who = np.asarray(contributors)
    return np.asarray(((who > 0) & (who < least)) | ((first > 0) & (whole - first - other < CLOSE * first)))


def rounded(table: Counts, base: int) -> Counts:
    """Counts to the nearest multiple of base, halves up, and to base rather than to a 0 that is none.

    The same count always gives the same answer, so asking again tells nothing.
    """
    nearest = (2 * table + base) // (2 * base) * base
    return np.where((table > 0) & (nearest == 0), base, nearest)


def publish(table: Counts, hide: Mask, preset: Preset, *, base: int = 1) -> Publication:
    """The table with `hide` hidden and the rest rounded to base, or exact where base is 1.

    Errors: a count the rule hides is not among those hidden.
    """
    small = primary(table, preset)
    if (small & ~hide).any():
        raise MethodError(f"The rule {preset.key} hides counts that this table would show.")
    shown = table if base == 1 else rounded(table, base)
    mixed, zeros = bool((hide & ~small).any()), bool((hide & (table == 0)).any())
    return Publication(np.where(hide, -1, shown), hide, base, mixed, zeros, preset)


def arcs(shape: tuple[int, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A table with margins as a network: the tail and head node of each cell, where counts that add up flow round.

    Rows are nodes 0..r-1 and columns r..r+c-1; a margin's arc runs against those of the cells it sums.
    """
    rows, columns = np.indices(shape)
    against = (rows == shape[0] - 1) ^ (columns == shape[1] - 1)
    at_column = columns + shape[0]
    return np.where(against, at_column, rows), np.where(against, rows, at_column)
