"""Columns of an indicator table put on one scale, fast enough for every small area of England at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from commonweal.methods.arrays import Reals


def z_scores(values: Reals, polarity: Reals) -> Reals:
    """(x - mean) / sd of each column of an (n, m) array times its polarity; 0 where all are the same.

    NaN is left out and stays NaN. The sd is that of the areas given (divisor n).
    """
    whole = not np.isnan(values.sum())
    known = np.full(values.shape[1], len(values)) if whole else (~np.isnan(values)).sum(axis=0)
    add = np.sum if whole else np.nansum
    centred = values - add(values, axis=0) / np.maximum(known, 1)
    square = np.einsum("ij,ij->j", centred, centred) if whole else np.nansum(centred * centred, axis=0)
    spread = np.sqrt(square / np.maximum(known, 1))
    centred *= polarity / np.where(spread > 0, spread, np.inf)
    return centred


def normal_scores(values: Reals, polarity: Reals) -> Reals:
    """Rankit: Φ⁻¹((rank - ½)/n) of each column, rank 1 = least need; ties share their mean rank.

    Source: Bliss 1967; used by Access to Healthy Assets and Hazards.
    """
    return _by_rank(values, polarity, _normal_table)


def percentiles(values: Reals, polarity: Reals) -> Reals:
    """100 (rank - ½)/n of each column, rank 1 = least need; ties share their mean rank."""
    return _by_rank(values, polarity, _percent_table)


def double_ranks(column: Reals) -> tuple[NDArray[np.int64], int]:
    """Twice the mean rank of each known value (whole numbers, 0 where unknown), and how many are known."""
    order = np.argsort(column)
    ordered = column[order]
    known = len(column) - int(np.isnan(ordered).sum())
    starts = _runs(ordered[:known])
    result = np.zeros(len(column), dtype=np.int64)
    if len(starts) == known:
        result[order[:known]] = np.arange(2, 2 * known + 2, 2)
        return result, known
    ends = np.append(starts[1:], known)
    result[order[:known]] = np.repeat(starts + ends + 1, ends - starts)
    return result, known


def _runs(ordered: Reals) -> NDArray[np.int64]:
    """Where each run of equal values begins."""
    if not len(ordered):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))).astype(np.int64)


def _by_rank(values: Reals, polarity: Reals, table: Callable[[int, bool], Reals]) -> Reals:
    result = np.empty(values.shape, order="F")
    columns = np.asfortranarray(values)
    for place in range(values.shape[1]):
        doubled, known = double_ranks(columns[:, place])
        result[:, place] = table(known, bool(polarity[place] < 0))[doubled]
    return result


@lru_cache(maxsize=64)
def _normal_table(known: int, turned: bool) -> Reals:
    return _table(ndtri(_middles(known)), turned)


@lru_cache(maxsize=64)
def _percent_table(known: int, turned: bool) -> Reals:
    return _table(100 * _middles(known), turned)


def _middles(known: int) -> Reals:
    """(rank - ½)/n for ranks 1, 1½, 2 ... n."""
    return np.asarray((np.arange(2, 2 * known + 1) / 2 - 0.5) / max(known, 1))


def _table(scores: Reals, turned: bool) -> Reals:
    """Scores laid out by double rank: places 0 (unknown) and 1 (no such rank) are NaN."""
    return np.concatenate(([np.nan, np.nan], scores[::-1] if turned else scores))
