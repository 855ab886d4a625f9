"""A transparent composite index of small areas: every step named, every part shown, its doubt beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.arrays import MethodError, Reals, reals
from commonweal.methods.deprivation import bands, exponential, ranks_of
from commonweal.methods.scaling import normal_scores, percentiles, z_scores

Whole = NDArray[np.int64]
TELLING = 10  # decimals beyond which scores are alike, so that rounding in the machine breaks no tie


class IndicatorStep(StrEnum):
    """How an indicator's values are put on one scale before they are averaged in their domain."""

    Z_SCORE = "z_score"            # (x - mean) / sd: keeps distances, moved by outliers
    NORMAL_SCORE = "normal_score"  # rank to normal deviate: robust, spreads the ends
    PERCENTILE = "percentile"      # rank to 0-100: robust, even


class DomainStep(StrEnum):
    """How a domain's score is put on one scale before domains are added up."""

    EXPONENTIAL = "exponential"  # rank to 0-100, one area in ten above 50: domains hardly cancel
    NORMAL_SCORE = "normal_score"
    PERCENTILE = "percentile"
    Z_SCORE = "z_score"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an index is made. All tuples but `domain_weights` have one entry an indicator.

    `polarity` is 1 where a high value means greater need, -1 where it means less; `domain` is each
    indicator's place in `domain_weights`. Missing values: a score is the weighted mean of what is
    known, provided that is at least `least_known` of the weight; otherwise it is unknown (NaN).
    """

    polarity: tuple[int, ...]
    domain: tuple[int, ...]
    weights: tuple[float, ...]
    domain_weights: tuple[float, ...]
    indicator_step: IndicatorStep = IndicatorStep.NORMAL_SCORE
    domain_step: DomainStep = DomainStep.EXPONENTIAL
    least_known: float = 0.5

    def __post_init__(self) -> None:
        if not len(self.polarity) == len(self.domain) == len(self.weights):
            raise MethodError("A recipe needs one polarity, one domain and one weight for each indicator.")
        if set(self.polarity) - {-1, 1}:
            raise MethodError("A polarity is 1 (high means greater need) or -1 (high means less).")
        if set(self.domain) != set(range(len(self.domain_weights))):
            raise MethodError("Every domain needs a weight and at least one indicator.")
        if min(*self.weights, *self.domain_weights) < 0 or sum(self.domain_weights) <= 0:
            raise MethodError("Weights cannot be negative, and one domain at least must weigh something.")


@dataclass(frozen=True, slots=True)
class Composite:
    """An index of n areas and d domains. The contributions of an area's domains add up to its score."""

    score: Reals          # (n,) NaN where too little is known
    rank: Reals           # (n,) 1 = greatest need, ties share their mean rank
    decile: Whole         # (n,) 1 = greatest need, 0 unknown
    domains: Reals        # (n, d) each domain's score on the scale of the domain step
    contributions: Reals  # (n, d) domain score x weight / weight known; 0 where the domain is unknown
    known: Reals          # (n,) share of all indicators' weight that is known


@dataclass(frozen=True, slots=True)
class Band:
    """Each area's decile under other defensible recipes: how far the answer depends on the method."""

    low: Whole            # (n,) the least decile (greatest need) under any recipe, 0 unknown
    high: Whole           # (n,) the greatest
    moved: float          # share of areas whose decile is not the same under all
    wide: float           # share of areas whose deciles lie more than one apart
    moved_by: tuple[float, ...]  # that share for each alternative recipe by itself


def composite(values: ArrayLike, recipe: Recipe) -> Composite:
    """The index of an (n areas, m indicators) array; NaN marks what is not known.

    Indicators are turned so that high means need, put on one scale, averaged within domains; domains are
    put on one scale and averaged by their weights. Errors: columns that do not match the recipe.
    Source: OECD and JRC 2008, Handbook on Constructing Composite Indicators; Indices of Deprivation 2025.
    """
    return _assemble(_scaled(values, recipe), recipe)


def sensitivity(values: ArrayLike, recipe: Recipe, others: Sequence[Recipe]) -> Band:
    """The band of deciles over the recipe and the others, each made from the same values.

    Errors: as `composite`. Source: OECD and JRC 2008, step 7 (uncertainty and sensitivity analysis).
    """
    scaled: dict[tuple[IndicatorStep, tuple[int, ...]], Reals] = {}
    deciles = []
    for choice in (recipe, *others):
        key = (choice.indicator_step, choice.polarity)
        if key not in scaled:
            scaled[key] = _scaled(values, choice)
        deciles.append(_assemble(scaled[key], choice).decile)
    return _band(np.stack(deciles))


def alternatives(recipe: Recipe) -> tuple[Recipe, ...]:
    """The defensible other choices: other scales, equal weights, each domain with half and twice its weight."""
    steps = (
        (IndicatorStep.Z_SCORE, DomainStep.EXPONENTIAL),
        (IndicatorStep.Z_SCORE, DomainStep.Z_SCORE),
        (IndicatorStep.NORMAL_SCORE, DomainStep.NORMAL_SCORE),
        (IndicatorStep.PERCENTILE, DomainStep.PERCENTILE),
        (IndicatorStep.NORMAL_SCORE, DomainStep.EXPONENTIAL),
    )
    scales = [replace(recipe, indicator_step=first, domain_step=second) for first, second in steps]
    equal = replace(recipe, domain_weights=(1.0,) * len(recipe.domain_weights))
    bent = [
        replace(recipe, domain_weights=_bent(recipe.domain_weights, place, by))
        for place in range(len(recipe.domain_weights)) if len(recipe.domain_weights) > 1
        for by in (0.5, 2.0)
    ]
    return tuple(dict.fromkeys(choice for choice in (*scales, equal, *bent) if choice != recipe))


def _scaled(values: ArrayLike, recipe: Recipe) -> Reals:
    array = reals(values, "Values")
    if array.ndim != 2 or array.shape[1] != len(recipe.polarity):
        raise MethodError(
            f"The recipe has {len(recipe.polarity)} indicators; the values have shape {array.shape}, "
            "not one column an indicator."
        )
    scale = {
        IndicatorStep.Z_SCORE: z_scores,
        IndicatorStep.NORMAL_SCORE: normal_scores,
        IndicatorStep.PERCENTILE: percentiles,
    }[recipe.indicator_step]
    return scale(array, np.asarray(recipe.polarity, dtype=np.float64))


def _assemble(scaled: Reals, recipe: Recipe) -> Composite:
    weights = np.zeros((len(recipe.weights), len(recipe.domain_weights)))
    weights[np.arange(len(recipe.weights)), recipe.domain] = recipe.weights
    averages, shares = _weighted(scaled, weights, recipe.least_known)
    domains = _domain_scores(np.round(averages, TELLING), recipe.domain_step)
    outer = np.asarray(recipe.domain_weights, dtype=np.float64)
    score, _ = _weighted(domains, outer[:, None], recipe.least_known)
    score = np.round(score, TELLING)
    there = ~np.isnan(domains)
    parts = np.where(there, domains, 0.0) * outer
    known_weight = there @ outer
    rank = ranks_of(score[:, 0])
    return Composite(
        score=score[:, 0],
        rank=rank,
        decile=bands(rank, max(int((~np.isnan(rank)).sum()), 1)),
        domains=domains,
        contributions=parts / np.where(known_weight > 0, known_weight, 1.0)[:, None],
        known=shares @ outer / outer.sum(),
    )


def _weighted(values: Reals, weights: Reals, least_known: float) -> tuple[Reals, Reals]:
    """Weighted means of what is known, and the share of weight known, of an (n, m) array by (m, d) weights."""
    missing = np.isnan(values)
    whole = weights.sum(axis=0)
    if not missing.any():
        means = values @ (weights / np.where(whole > 0, whole, 1.0))
        return means, np.ones_like(means)
    known = ~missing @ weights
    share = known / np.where(whole > 0, whole, 1.0)
    means = np.where(missing, 0.0, values) @ weights / np.where(known > 0, known, 1.0)
    return np.where((share >= least_known) & (known > 0), means, np.nan), share


def _domain_scores(averages: Reals, step: DomainStep) -> Reals:
    if step is DomainStep.EXPONENTIAL:
        known = (~np.isnan(averages)).sum(axis=0)
        pairs = zip(averages.T, known, strict=True)
        columns = [exponential(ranks_of(column), max(int(n), 1)) for column, n in pairs]
        return np.stack(columns, axis=1)
    scale = {
        DomainStep.Z_SCORE: z_scores, DomainStep.NORMAL_SCORE: normal_scores, DomainStep.PERCENTILE: percentiles
    }[step]
    return scale(averages, np.ones(averages.shape[1]))


def _band(deciles: Whole) -> Band:
    known = (deciles > 0).all(axis=0)
    low, high = deciles.min(axis=0), deciles.max(axis=0)
    count = max(int(known.sum()), 1)
    moved_by = tuple(float((known & (other != deciles[0])).sum()) / count for other in deciles[1:])
    moved = float((known & (low != high)).sum()) / count
    wide = float((known & (high - low > 1)).sum()) / count
    return Band(np.where(known, low, 0), np.where(known, high, 0), moved, wide, moved_by)


def _bent(weights: tuple[float, ...], place: int, by: float) -> tuple[float, ...]:
    return tuple(weight * by if at == place else weight for at, weight in enumerate(weights))
