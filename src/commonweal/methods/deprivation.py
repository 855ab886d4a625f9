"""The Indices of Deprivation's own arithmetic, so that published scores can be made again from their ranks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.arrays import MethodError, Reals, aligned, reals
from commonweal.methods.scaling import double_ranks

CONSTANT = 23.0  # puts one area in ten above a score of 50

# They add to 0.999 as published and are not renormalised: published scores need them so.
DOMAIN_WEIGHTS: Mapping[str, float] = MappingProxyType({
    "income": 0.225, "employment": 0.225, "education": 0.135, "health": 0.135,
    "crime": 0.093, "barriers": 0.093, "living_environment": 0.093,
})

# The share each subdomain has in its domain's score; living environment as fitted to the 2025 scores.
SUBDOMAIN_WEIGHTS: Mapping[str, Mapping[str, float]] = MappingProxyType({
    "education": MappingProxyType({"children_and_young_people": 0.5, "adult_skills": 0.5}),
    "barriers": MappingProxyType({"geographical_barriers": 0.5, "wider_barriers": 0.5}),
    "living_environment": MappingProxyType({"indoors": 0.7, "outdoors": 0.3}),
})


def exponential(rank: ArrayLike, n: int | None = None) -> Reals:
    """Ranks (1 = most deprived) to 0-100: -23 ln(1 - R(1 - e^(-100/23))), R = (n - rank + 1)/n.

    `n` is the number of areas ranked, the length of `rank` unless given; NaN ranks stay NaN.
    Errors: a rank below 1 or above n. Source: Indices of Deprivation 2025, technical report.
    """
    ranks = reals(rank, "A rank", low=1)
    areas = ranks.shape[0] if n is None else n
    if (ranks > areas).any():
        raise MethodError(f"A rank of {np.nanmax(ranks):g} is beyond the {areas:,} areas ranked.")
    share = (areas - ranks + 1) / areas
    return np.asarray(-CONSTANT * np.log1p(share * np.expm1(-100 / CONSTANT)))


def recompose(
    ranks: Mapping[str, ArrayLike], n: int | None = None, *, weights: Mapping[str, float] = DOMAIN_WEIGHTS
) -> Reals:
    """Index scores from domain ranks: the sum over domains of weight times transformed rank.

    `ranks` maps each domain to one rank an area. Errors: domains that are not those of `weights`,
    or of unequal length. Source: Indices of Deprivation 2025, technical report.
    """
    if set(ranks) != set(weights):
        odd = ", ".join(sorted(set(ranks) ^ set(weights)))
        raise MethodError(f"The index needs one column of ranks for each weight; these do not match: {odd}.")
    scores = {name: exponential(rank, n) for name, rank in ranks.items()}
    aligned(**scores)
    return np.asarray(sum(weights[name] * scores[name] for name in weights), dtype=np.float64)


def recompose_domain(domain: str, ranks: Mapping[str, ArrayLike], n: int | None = None) -> Reals:
    """A domain's published score from its subdomains' ranks, weighted as SUBDOMAIN_WEIGHTS says.

    Errors: a domain without subdomains, or subdomains that are not its own.
    """
    if domain not in SUBDOMAIN_WEIGHTS:
        raise MethodError(f"{domain} has no subdomains; those that have: {', '.join(SUBDOMAIN_WEIGHTS)}.")
    return recompose(ranks, n, weights=SUBDOMAIN_WEIGHTS[domain])


def ranks_of(score: ArrayLike) -> Reals:
    """Ranks of scores, 1 = highest score = most deprived; ties share their mean rank, NaN stays NaN."""
    doubled, known = double_ranks(reals(score, "A score"))
    return np.where(doubled > 0, known + 1 - doubled / 2, np.nan)


def bands(rank: ArrayLike, n: int | None = None, *, count: int = 10) -> NDArray[np.int64]:
    """Deciles (or `count` bands) of ranks: ceil(count x rank / n), 1 = most deprived; 0 where not known.

    Errors: a rank below 1 or above n. Source: Indices of Deprivation 2025, whose deciles it gives exactly.
    """
    ranks = reals(rank, "A rank", low=1)
    areas = ranks.shape[0] if n is None else n
    if (ranks > areas).any():
        raise MethodError(f"A rank of {np.nanmax(ranks):g} is beyond the {areas:,} areas ranked.")
    known = ~np.isnan(ranks)
    return np.where(known, np.ceil(count * np.where(known, ranks, 1) / areas), 0).astype(np.int64)
