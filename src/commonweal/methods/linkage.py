"""Which entries of several lists are the same body, by how much each thing that agrees tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.arrays import MethodError, Reals, reals

Levels = tuple[Reals, ...]  # a field each: how often every level of agreement is met, lowest level first
UNKNOWN = -1
FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class Learned:
    """How often each level is met among entries of one body, how many pairs are, and after how many rounds."""

    m: Levels
    prior: float
    rounds: int


def frequencies(patterns: ArrayLike, counts: ArrayLike, sizes: Sequence[int]) -> Levels:
    """How often each level of each field is met: patterns (p, fields) of levels, -1 unknown; counts (p,).

    A field met in no pattern has equal shares; each share is at least 1e-6, so that no single thing decides alone.

    Source: Fellegi and Sunter (1969), A Theory for Record Linkage, Journal of the American Statistical
    Association 64, u of section 3, here from pairs drawn at random.
    """
    levels, weights = _checked(patterns, counts, sizes)
    return tuple(_shares(levels[:, field], weights, size) for field, size in enumerate(sizes))


def learn_matches(
    patterns: ArrayLike, counts: ArrayLike, u: Levels, *, m: Levels, prior: float, fixed: Sequence[int] = (),
    most: int = 100, within: float = 1e-6,
) -> Learned:
    """m and the share of matches by expectation-maximisation over counted patterns, u held still.

    patterns (p, fields): levels from 0, -1 where unknown, which tells nothing; counts (p,) how many pairs each.
    E: p(match | pattern) = prior m / (prior m + (1 - prior) u), fields taken as independent given the truth.
    M: m and prior are the shares of the pairs so weighted. Fields of `fixed` keep their m, as those by which the
    pairs were chosen must. Stops when no share moves by `within`.
    Errors: shapes that do not fit, a prior not between 0 and 1.

    Source: Fellegi and Sunter (1969), section 3; Winkler (1988), Using the EM Algorithm for Weight Computation in
    the Fellegi-Sunter Model of Record Linkage.
    """
    sizes = [len(one) for one in u]
    levels, weights = _checked(patterns, counts, sizes)
    if not 0 < prior < 1 or weights.sum() <= 0:
        raise MethodError("Learning needs pairs, and a first guess between 0 and 1 of how many are the same.")
    now = tuple(np.array(one, float) for one in m)
    rounds = 0
    while rounds < most:
        rounds += 1
        share = match_probability(match_weights(levels, now, u).sum(axis=1), prior)
        alike = share * weights
        then = tuple(
            one if field in fixed else _shares(levels[:, field], alike, sizes[field])
            for field, one in enumerate(now)
        )
        prior_then = float(np.clip(alike.sum() / weights.sum(), FLOOR, 1 - FLOOR))
        moved = max(abs(prior_then - prior), *(float(np.abs(a - b).max()) for a, b in zip(now, then, strict=True)))
        now, prior = then, prior_then
        if moved < within:
            break
    return Learned(now, prior, rounds)


def match_weights(patterns: ArrayLike, m: Levels, u: Levels) -> Reals:
    """Weight of evidence (p, fields) in bits, log2(m / u) of the level met; 0 where it is unknown.

    Source: Fellegi and Sunter (1969), section 3.
    """
    levels = np.asarray(patterns, dtype=np.int64)
    out = np.zeros(levels.shape)
    for field, (same, other) in enumerate(zip(m, u, strict=True)):
        ratio = np.log2(np.maximum(same, FLOOR) / np.maximum(other, FLOOR))
        known = levels[:, field] != UNKNOWN
        out[known, field] = ratio[levels[known, field]]
    return out


def match_probability(weight: ArrayLike, prior: float) -> Reals:
    """The chance (n,) that two entries are the same body, from summed weights (n,) in bits and the share before.

    Source: Bayes' rule in odds, as Fellegi and Sunter (1969) use it.
    """
    bits = np.clip(reals(weight, "Weights") + np.log2(prior / (1 - prior)), -200, 200)
    return np.asarray(1 / (1 + np.exp2(-bits)))


def joined(
    count: int, pairs: Sequence[tuple[int, int]], numbers: Sequence[frozenset[tuple[str, str]]],
    apart: frozenset[tuple[int, int]] = frozenset(),
) -> tuple[NDArray[np.int64], tuple[tuple[int, int], ...]]:
    """The group of each of `count` entries, joining the pairs in the order given; and the pairs not joined.

    Two groups stay apart where both hold a number of one scheme and none of them agree, or where a pair of `apart`
    would meet: so one wrong pair cannot chain two registered bodies together. numbers (count,): scheme and value.

    Source: single linkage with cannot-link constraints, Wagstaff and others (2001), Constrained K-means Clustering
    with Background Knowledge, section 3 (the constraints, not the clustering).
    """
    parent, held = list(range(count)), [set(one) for one in numbers]
    foes: list[set[int]] = [set() for _ in range(count)]
    for a, b in apart:
        foes[a].add(b)
        foes[b].add(a)
    members = [{one} for one in range(count)]
    refused = []
    for a, b in pairs:
        left, right = _root(parent, a), _root(parent, b)
        if left == right:
            continue
        if _clash(held[left], held[right]) or foes[left] & members[right]:
            refused.append((a, b))
            continue
        keep, go = (left, right) if len(members[left]) >= len(members[right]) else (right, left)
        parent[go] = keep
        held[keep] |= held[go]
        members[keep] |= members[go]
        foes[keep] |= foes[go]
    return np.array([_root(parent, one) for one in range(count)], dtype=np.int64), tuple(refused)


def pair_scores(found: ArrayLike, truth: ArrayLike) -> tuple[float, float]:
    """Precision and recall of the pairs that two groupings (n,) put together; 1 where there is nothing to find.

    Source: Hand and Christen (2018), A note on using the F-measure for evaluating record linkage algorithms.
    """
    ours, real = np.asarray(found), np.asarray(truth)
    both = _pairs(np.unique(np.stack([ours, real]), axis=1, return_counts=True)[1]) if len(ours) else 0.0
    said, true = (_pairs(np.unique(one, return_counts=True)[1]) if len(one) else 0.0 for one in (ours, real))
    return (both / said if said else 1.0, both / true if true else 1.0)


def _pairs(sizes: NDArray[np.int64]) -> float:
    return float((sizes * (sizes - 1) / 2).sum())


def _root(parent: list[int], one: int) -> int:
    while parent[one] != one:
        parent[one] = parent[parent[one]]
        one = parent[one]
    return one


def _clash(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> bool:
    """Whether both hold a number of the same scheme and share none of it."""
    schemes = {scheme for scheme, _ in one} & {scheme for scheme, _ in other}
    return any(
        not {v for s, v in one if s == scheme} & {v for s, v in other if s == scheme} for scheme in schemes
    )


def _checked(
    patterns: ArrayLike, counts: ArrayLike, sizes: Sequence[int]
) -> tuple[NDArray[np.int64], Reals]:
    levels, weights = np.asarray(patterns, dtype=np.int64), reals(counts, "Counts")
    if levels.ndim != 2 or levels.shape != (len(weights), len(sizes)):
        raise MethodError("Each pattern needs one level a field and one count.")
    if len(levels) and ((levels < UNKNOWN).any() or (levels >= np.array(sizes)).any()):
        raise MethodError("A level is not among those of its field.")
    return levels, weights


def _shares(levels: NDArray[np.int64], weights: Reals, size: int) -> Reals:
    known = levels != UNKNOWN
    total = np.bincount(levels[known], weights=weights[known], minlength=size).astype(float)
    if total.sum() <= 0:
        return np.full(size, 1 / size)
    return np.asarray(np.maximum(total / total.sum(), FLOOR))
