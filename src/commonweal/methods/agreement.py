"""How far several rankings of the same things agree, and whether that is more than chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.arrays import MethodError, Reals, reals

FEW = 3  # with so few rankings W is high by chance alone


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W with ties: 0 no agreement, 1 complete. `chance` of a W as high from rankings made at random.

    `few` says that there are so few rankings that a high W means little; `by_chance` is the mean W of random ones.
    """

    w: float
    chi_square: float
    chance: float
    by_chance: float
    rankers: int
    items: int
    few: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The item on which rankings part most, and the two that put it furthest apart (numbers of rows)."""

    item: int
    spread: float
    highest: int
    lowest: int


def ranks_of(scores: ArrayLike, *, high_first: bool = False) -> Reals:
    """Each row (m, n) as ranks from 1, ties sharing the mean. Errors: unknown values, fewer than two items."""
    table = reals(scores, "Rankings")
    if table.ndim != 2 or table.shape[1] < 2:
        raise MethodError("Rankings need at least two things to rank, each ranker a row.")
    if np.isnan(table).any():
        raise MethodError("A ranking leaves something out: give every item a place, or leave it out for all.")
    return np.array([_mean_ranks(row) for row in (-table if high_first else table)]).reshape(table.shape)


def kendall_w(ranks: ArrayLike, *, draws: int = 9_999, seed: int = 1) -> Concordance:
    """Kendall's coefficient of concordance: W = 12 S / (m²(n³ - n) - m Σ T), T = Σ (t³ - t) of a ranker's ties.

    `ranks` (m, n): m rankings of n items, ties sharing a mean rank. χ² = m(n-1)W. `chance` counts random orders of
    each ranking that agree as much, (1 + those)/(1 + draws), by a seeded generator. Errors: fewer than two
    rankings or items, everybody ties everything. Source: Kendall and Babington Smith 1939, Ann Math Stat 10:275.
    """
    table = ranks_of(ranks)
    m, n = table.shape
    if m < 2:
        raise MethodError("Agreement needs at least two rankings.")
    under = m**2 * (n**3 - n) - m * float(sum(_ties(row) for row in table))
    if under <= 0:
        raise MethodError("Nobody prefers anything to anything else: every ranking ties every item.")
    def concordance(sums: Reals) -> Reals:
        return np.asarray(12 * ((sums - m * (n + 1) / 2) ** 2).sum(axis=-1) / under)

    w = float(concordance(table.sum(axis=0)))
    rng = np.random.default_rng(seed)
    sums = np.zeros((draws, n))
    for row in table:
        sums += rng.permuted(np.broadcast_to(row, (draws, n)), axis=1)
    random = concordance(sums)
    chance = (1 + int((random >= w - 1e-12).sum())) / (1 + draws)
    return Concordance(w, m * (n - 1) * w, chance, float(random.mean()), m, n, m <= FEW)


def pairwise(ranks: ArrayLike) -> Reals:
    """Kendall's τ-b between every two rankings (m, m): 1 the same order, -1 the reverse; NaN where one ties all.

    (concordant - discordant) / √((pairs - ties of one)(pairs - ties of the other)).
    Source: Kendall 1945, Biometrika 33:239.
    """
    table = ranks_of(ranks)
    rows, columns = np.triu_indices(table.shape[1], 1)
    order = np.sign(table[:, rows] - table[:, columns])
    told = (order != 0).sum(axis=1).astype(np.float64)
    under = np.sqrt(told[:, None] * told[None, :])
    return np.divide(order @ order.T, under, out=np.full(under.shape, np.nan), where=under > 0)


def strongest_disagreement(ranks: ArrayLike) -> Disagreement:
    """The item whose ranks lie furthest apart; of equals the one more spread about its mean, then the first."""
    table = ranks_of(ranks)
    apart, about = np.ptp(table, axis=0), table.std(axis=0)
    item = int(np.lexsort((np.arange(apart.size), -about, -apart))[0])
    return Disagreement(
        item, float(apart[item]), int(np.argmin(table[:, item])), int(np.argmax(table[:, item]))
    )


def krippendorff_ordinal(ratings: ArrayLike) -> float:
    """Krippendorff's alpha for ordered values with gaps: `ratings` (m, n), NaN where a rater said nothing.

    alpha = 1 - (N - 1) Σ o δ² / Σ n n' δ², δ² = (Σ n between, ends halved)²; units with one value are left out.
    Errors: no unit with two values, only one value used. Source: Krippendorff 2011, Computing alpha-reliability.
    """
    table = reals(ratings, "Ratings")
    values = np.unique(table[~np.isnan(table)])
    if table.ndim != 2 or values.size < 2:
        raise MethodError("Agreement needs at least two different answers.")
    counts = np.stack([(table == value).sum(axis=0) for value in values], axis=1).astype(np.float64)
    counts = counts[counts.sum(axis=1) >= 2]
    if not len(counts):
        raise MethodError("Nothing was rated by two, so agreement cannot be told.")
    many = counts.sum(axis=1)
    coincide = (counts.T / (many - 1)) @ counts - np.diag((counts / (many - 1)[:, None]).sum(axis=0))
    n = coincide.sum(axis=1)
    up_to = np.cumsum(n)
    between = up_to[None, :] - up_to[:, None] + (n[:, None] - n[None, :]) / 2
    distance = between**2
    expected = float((np.outer(n, n) * distance).sum())
    if expected <= 0:
        raise MethodError("Agreement needs at least two different answers.")
    return 1 - (n.sum() - 1) * float((coincide * distance).sum()) / expected


def _mean_ranks(row: Reals) -> Reals:
    _, at, many = np.unique(row, return_inverse=True, return_counts=True)
    ranks: Reals = (np.cumsum(many) - (many - 1) / 2)[at]
    return ranks


def _ties(row: Reals) -> float:
    sizes = np.unique(row, return_counts=True)[1].astype(np.float64)
    return float((sizes**3 - sizes).sum())
