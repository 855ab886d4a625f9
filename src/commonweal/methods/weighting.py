"""Survey answers weighted so that those who answered count as those who live here: what it mends is only this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.arrays import MethodError, Reals, reals

MOST_ROUNDS = 1_000


@dataclass(frozen=True, slots=True)
class Margin:
    """One known make-up of the population: the group of each answer, and the people or share of each group."""

    name: str
    groups: NDArray[np.int64]   # (n,) index into targets
    targets: Reals              # (g,)


@dataclass(frozen=True, slots=True)
class Raked:
    """Weights with mean 1, how many rounds they took, and the groups of under `thin_below` answers."""

    weights: Reals
    rounds: int
    thin: tuple[str, ...]


def rake(
    start: ArrayLike, margins: Sequence[Margin], *, tolerance: float = 1e-6, cap: float | None = 5.0,
    thin_below: int = 30,
) -> Raked:
    """Weights that meet every margin, as near to `start` as scaling can keep them (proportional fitting).

    Each margin in turn scales its groups to their share, until in a whole round no group is scaled by more than
    1 + `tolerance`. Weights are then held to `cap` times the mean, which meets the margins less exactly; None
    for no cap. Cross ratios between margins stay as in `start`; self-selection stays too. Errors: a group with
    people and no answers, margins that contradict each other, weights below 0.
    Source: Deming and Stephan 1940, Ann Math Stat 11:427.
    """
    weights = reals(start, "Weights", low=0)
    if not margins or not weights.sum() > 0:
        raise MethodError("Weighting needs answers, and at least one known make-up of the population.")
    shares = [_share(margin, weights) for margin in margins]
    for rounds in range(1, MOST_ROUNDS + 1):
        furthest = 0.0
        for margin, share in zip(margins, shares, strict=True):
            factors = _factors(weights, margin.groups, share)
            furthest = max(furthest, float(np.abs(factors - 1).max()))
            weights = weights * factors[margin.groups]
        if furthest <= tolerance:
            weights = weights / weights.mean()
            held = weights if cap is None else np.minimum(weights, cap)
            return Raked(held / held.mean(), rounds, _thin(margins, thin_below))
    raise MethodError("The weights do not settle: two make-ups contradict each other. Join small groups.")


def _share(margin: Margin, weights: Reals) -> Reals:
    targets = reals(margin.targets, f"The make-up by {margin.name}", low=0)
    if margin.groups.shape != weights.shape or margin.groups.max() >= targets.size or margin.groups.min() < 0:
        raise MethodError(f"By {margin.name}, each answer needs one of the {targets.size} groups.")
    held = np.bincount(margin.groups, weights=weights, minlength=targets.size)
    if ((held == 0) & (targets > 0)).any():
        raise MethodError(f"By {margin.name}, a group has people but no answers: join it with another group.")
    return np.asarray(targets / targets.sum())


def _factors(weights: Reals, groups: NDArray[np.int64], share: Reals) -> Reals:
    held = np.bincount(groups, weights=weights, minlength=share.size)
    return np.where(held > 0, share * weights.sum() / np.where(held > 0, held, 1.0), 1.0)


def _thin(margins: Sequence[Margin], least: int) -> tuple[str, ...]:
    return tuple(
        f"{margin.name} {group}"
        for margin in margins
        for group, answers in enumerate(np.bincount(margin.groups, minlength=len(margin.targets)))
        if answers < least
    )
