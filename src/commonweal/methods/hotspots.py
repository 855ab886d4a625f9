"""Whether high values stand together on the map more than chance would have it, with false alarms held down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from scipy.spatial import cKDTree
from scipy.special import ndtr

from commonweal.methods.arrays import MethodError, Reals, reals


@dataclass(frozen=True, slots=True)
class Hotspots:
    """Gi* of each area (n,), its two-sided chance, and which stand out once so many were looked at (+1, -1, 0)."""

    z: Reals
    chance: Reals
    stands_out: NDArray[np.int8]
    false_share: float


@dataclass(frozen=True, slots=True)
class Moran:
    """Moran's I, what it would be by chance, and its z under random placing; `chance` is two-sided."""

    index: float
    expected: float
    z: float
    chance: float


def nearest(points: ArrayLike, k: int, *, itself: bool = True) -> csr_array:
    """Binary weights (n, n) of the k nearest points of each, and of itself where `itself`; points in metres.

    Errors: fewer points than neighbours asked for.
    """
    places = reals(points, "Points")
    if places.ndim != 2 or len(places) <= k:
        raise MethodError(f"With {len(places)} areas, each cannot have {k} neighbours.")
    found = np.asarray(cKDTree(places).query(places, k=k + 1)[1])
    columns = found if itself else found[:, 1:]
    rows = np.repeat(np.arange(len(places)), columns.shape[1])
    return csr_array((np.ones(rows.size), (rows, columns.ravel())), shape=(len(places), len(places)))


def within(points: ArrayLike, distance: float, *, itself: bool = True) -> csr_array:
    """Binary weights (n, n) of all points no further than `distance`, in the points' own unit."""
    places = reals(points, "Points")
    tree = cKDTree(places)
    pairs = tree.query_pairs(distance, output_type="ndarray")
    rows = np.concatenate([pairs[:, 0], pairs[:, 1], np.arange(len(places)) if itself else []]).astype(np.int64)
    columns = np.concatenate([pairs[:, 1], pairs[:, 0], np.arange(len(places)) if itself else []]).astype(np.int64)
    return csr_array((np.ones(rows.size), (rows, columns)), shape=(len(places), len(places)))


def hot_spots(values: ArrayLike, weights: csr_array, *, false_share: float = 0.05) -> Hotspots:
    """Getis and Ord's Gi* by formula, with Benjamini and Hochberg's control of the share of false alarms.

    z = (Σ w y - W ȳ) / (s √((n Σ w² - W²)/(n - 1))), s over n; `weights` (n, n) include the area itself.
    Errors: unknown values, all values alike, weights of another shape. Rates of small areas should be smoothed
    first, or the smallest stand out. Source: Ord and Getis 1995, Geogr Anal 27:286; Benjamini and Hochberg 1995.
    """
    y = _known(values, weights)
    n, spread = y.size, float(y.std())
    if not spread > 0:
        raise MethodError("Every area has the same value, so none can stand out.")
    total = np.asarray(weights.sum(axis=1)).ravel()
    squares = np.asarray(weights.multiply(weights).sum(axis=1)).ravel()
    under = spread * np.sqrt(np.maximum((n * squares - total**2) / (n - 1), 0.0))
    above = weights @ y - total * y.mean()
    z = np.divide(above, under, out=np.zeros(n), where=under > 0)
    chance = 2 * ndtr(-np.abs(z))
    marked = false_discoveries(chance, false_share=false_share)
    return Hotspots(z, chance, np.where(marked, np.sign(z), 0).astype(np.int8), false_share)


def false_discoveries(chance: ArrayLike, *, false_share: float = 0.05) -> NDArray[np.bool_]:
    """Which of many tests to believe so that at most `false_share` of those believed are false, on average.

    The largest k with p₍ₖ₎ <= false_share k/n, and all before it.
    Source: Benjamini and Hochberg 1995, J R Stat Soc B 57:289.
    """
    p = reals(chance, "Chances", low=0, high=1)
    order = np.argsort(p, kind="stable")
    passed = np.flatnonzero(p[order] <= false_share * np.arange(1, p.size + 1) / p.size)
    believed = np.zeros(p.size, dtype=np.bool_)
    if passed.size:
        believed[order[: passed[-1] + 1]] = True
    return believed


def moran(values: ArrayLike, weights: csr_array, *, by_row: bool = True) -> Moran:
    """Moran's I, (n/S0) d'Wd / d'd, with its expectation -1/(n-1) and variance under random placing.

    `weights` leave the area itself out. `by_row` makes each area's weights sum to 1; the two answers differ, so
    say which. Errors: unknown values, all alike, nobody with a neighbour.
    Source: Cliff and Ord 1981, Spatial Processes.
    """
    y = _known(values, weights)
    w = _row_standard(weights) if by_row else weights.tocsr()
    n, d = y.size, y - y.mean()
    s0, square = float(w.sum()), float(d @ d)
    if not (s0 > 0 and square > 0):
        raise MethodError("Moran's I needs values that differ, and areas with neighbours.")
    index, expected = n / s0 * float(d @ (w @ d)) / square, -1 / (n - 1)
    both = w + w.T
    s1 = float(both.multiply(both).sum()) / 2
    s2 = float(((np.asarray(w.sum(axis=1)).ravel() + np.asarray(w.sum(axis=0)).ravel()) ** 2).sum())
    peaked = n * float((d**4).sum()) / square**2
    first = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0)
    second = peaked * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
    variance = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0 * s0) - expected**2 if n > 3 else np.nan
    z = (index - expected) / float(np.sqrt(variance)) if variance > 0 else float("nan")
    return Moran(index, expected, z, float(2 * ndtr(-abs(z))))


def _known(values: ArrayLike, weights: csr_array) -> Reals:
    y = reals(values, "Values")
    if np.isnan(y).any():
        raise MethodError(f"{int(np.isnan(y).sum())} areas have no value: leave them out, with their neighbours.")
    if weights.shape != (y.size, y.size):
        raise MethodError(f"There are {y.size} values and weights for {weights.shape[0]} areas.")
    return y


def _row_standard(weights: csr_array) -> csr_array:
    sums = np.asarray(weights.sum(axis=1)).ravel()
    scale = np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)
    standard = weights.tocsr().copy()
    standard.data = standard.data * np.repeat(scale, np.diff(standard.indptr))
    return standard
