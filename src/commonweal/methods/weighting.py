"""Survey answers weighted so that those who answered count as those who live here: what it mends is only this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.arrays import MethodError, Reals, reals

MOST_ROUNDS = 1_000
MOST_TRIMS = 50
SAME_TOTAL = 1e-6    # relative; make-ups of one population add up to one number
NEAR_TARGET = 0.005  # a share further from its target than half a point is told


@dataclass(frozen=True, slots=True)
class Margin:
    """One known make-up of the population: the group of each answer, and the people or share of each group."""

    name: str
    groups: NDArray[np.int64]   # (n,) index into targets
    targets: Reals              # (g,)
    labels: tuple[str, ...] = ()

    def label(self, group: int) -> str:
        """A group as people name it."""
        return self.labels[group] if group < len(self.labels) else str(group)


@dataclass(frozen=True, slots=True)
class Miss:
    """A group that the weights leave away from its share of the population, because a weight has a limit."""

    margin: str
    group: str
    target: float
    reached: float


@dataclass(frozen=True, slots=True)
class Raked:
    """Weights with mean 1, how many rounds they took, the groups of under `thin_below` answers.

    `held` is how many answers stand at the limit, `missed` the groups it keeps from their share.
    """

    weights: Reals
    rounds: int
    thin: tuple[str, ...]
    held: int = 0
    missed: tuple[Miss, ...] = ()


def rake(
    start: ArrayLike, margins: Sequence[Margin], *, tolerance: float = 1e-8, cap: float | None = 5.0,
    thin_below: int = 30,
) -> Raked:
    """Weights that meet every margin, as near to `start` as scaling can keep them (proportional fitting).

    Each margin in turn scales its groups to their share, until every group of every margin is within `tolerance`
    of its share, relatively. Where a weight is then above `cap` times the mean, weights are held to it and the
    rest scaled again, in turn; margins it keeps from being met are in `missed`; None for no cap. Cross ratios
    between margins stay as in `start` without a cap; self-selection stays always. Errors: a group with people and
    no answers, margins of different totals, margins that contradict each other, weights below 0.
    Source: Deming and Stephan 1940, Ann Math Stat 11:427; trimming as in Potter 1990, ASA Proc. Surv. Res. 225.
    """
    weights = reals(start, "Weights", low=0)
    if not margins or not weights.sum() > 0:
        raise MethodError("Weighting needs answers, and at least one known make-up of the population.")
    if cap is not None and not cap > 1:
        raise MethodError(f"The largest weight must be above the mean weight, 1; {cap:g} was given.")
    _one_total(margins)
    shares = [_share(margin, weights) for margin in margins]
    weights, rounds = _fitted(weights, margins, shares, tolerance)
    held = np.zeros(weights.shape, bool)
    if cap is not None and weights.max() > cap * weights.mean():
        weights, held = _held(weights, margins, shares, cap)
    return Raked(
        weights / weights.mean(), rounds, _thin(margins, thin_below), int(held.sum()),
        _missed(weights, margins, shares),
    )


def trimmed(weights: ArrayLike, cap: float) -> Reals:
    """Weights none of which is above `cap` times their mean, with the total kept: what is cut goes to the others.

    With k weights held, the mean m solves n m = k cap m + Σ others, until no further weight is above the limit.
    Errors: cap not above 1, weights below 0.
    """
    found = reals(weights, "Weights", low=0)
    if not cap > 1:
        raise MethodError(f"The largest weight must be above the mean weight, 1; {cap:g} was given.")
    held = np.zeros(found.shape, bool)
    while True:
        rest = float(found[~held].sum())
        mean = rest / (found.size - cap * held.sum())
        above = ~held & (found > cap * mean * (1 + 1e-12))
        if not above.any():
            break
        held |= above
    kept = np.where(held, cap * mean, found)
    return np.asarray(kept * (found.sum() / kept.sum()))


def _fitted(
    weights: Reals, margins: Sequence[Margin], shares: list[Reals], tolerance: float
) -> tuple[Reals, int]:
    for rounds in range(1, MOST_ROUNDS + 1):
        for margin, share in zip(margins, shares, strict=True):
            weights = weights * _factors(weights, margin.groups, share)[margin.groups]
        off = [_off(weights, margin, share) for margin, share in zip(margins, shares, strict=True)]
        if max(float(one.max()) for one in off) <= tolerance:
            return weights, rounds
    worst = int(np.argmax([one.max() for one in off]))
    group = margins[worst].label(int(np.argmax(off[worst])))
    raise MethodError(
        f"The weights do not settle: by {margins[worst].name}, “{group}” cannot reach its share together with "
        "the other make-ups. Join it with a group beside it, or weight by one make-up less."
    )


def _held(
    weights: Reals, margins: Sequence[Margin], shares: list[Reals], cap: float
) -> tuple[Reals, NDArray[np.bool_]]:
    """The limit and the margins in turn, the limit last."""
    for _ in range(MOST_TRIMS):
        weights = trimmed(weights, cap)
        if max(_off(weights, *pair).max() for pair in zip(margins, shares, strict=True)) < NEAR_TARGET / 100:
            break
        for margin, share in zip(margins, shares, strict=True):
            weights = weights * _factors(weights, margin.groups, share)[margin.groups]
    weights = trimmed(weights, cap)
    return weights, np.asarray(weights >= cap * weights.mean() * (1 - 1e-9))


def _one_total(margins: Sequence[Margin]) -> None:
    totals = [(margin.name, float(np.sum(margin.targets))) for margin in margins]
    first, total = totals[0]
    for name, other in totals[1:]:
        if abs(other - total) > SAME_TOTAL * max(abs(other), abs(total)):
            raise MethodError(
                f"The make-ups are of different populations: by {first} there are {total:,.6g} people, by {name} "
                f"{other:,.6g}. Give figures of one year and one age range, or shares that add up to the same."
            )


def _share(margin: Margin, weights: Reals) -> Reals:
    targets = reals(margin.targets, f"The make-up by {margin.name}", low=0)
    if margin.groups.shape != weights.shape or margin.groups.max() >= targets.size or margin.groups.min() < 0:
        raise MethodError(f"By {margin.name}, each answer needs one of the {targets.size} groups.")
    if not targets.sum() > 0:
        raise MethodError(f"By {margin.name}, the make-up has nobody in it.")
    held = np.bincount(margin.groups, weights=weights, minlength=targets.size)
    empty = np.flatnonzero((held == 0) & (targets > 0))
    if empty.size:
        raise MethodError(
            f"By {margin.name}, the group “{margin.label(int(empty[0]))}” has people but no answers: join it with "
            "another group."
        )
    return np.asarray(targets / targets.sum())


def _reached(weights: Reals, margin: Margin, share: Reals) -> Reals:
    return np.asarray(np.bincount(margin.groups, weights=weights, minlength=share.size) / weights.sum())


def _off(weights: Reals, margin: Margin, share: Reals) -> Reals:
    """How far each group is from its share, relatively; nobody where nobody should be is not off."""
    return np.abs(_reached(weights, margin, share) - share) / np.where(share > 0, share, 1.0)


def _factors(weights: Reals, groups: NDArray[np.int64], share: Reals) -> Reals:
    held = np.bincount(groups, weights=weights, minlength=share.size)
    return np.where(held > 0, share * weights.sum() / np.where(held > 0, held, 1.0), 1.0)


def _missed(weights: Reals, margins: Sequence[Margin], shares: list[Reals]) -> tuple[Miss, ...]:
    return tuple(
        Miss(margin.name, margin.label(int(group)), float(share[group]), float(reached[group]))
        for margin, share in zip(margins, shares, strict=True)
        for reached in (_reached(weights, margin, share),)
        for group in np.flatnonzero(np.abs(reached - share) > NEAR_TARGET)
    )


def _thin(margins: Sequence[Margin], least: int) -> tuple[str, ...]:
    return tuple(
        f"{margin.name} {margin.label(int(group))}"
        for margin in margins
        for group, answers in enumerate(np.bincount(margin.groups, minlength=len(margin.targets)))
        if answers < least
    )
