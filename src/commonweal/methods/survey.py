"""What a weighted survey says, with the doubt that its weights and its size leave, and whom it does not hear."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.arrays import MethodError, Reals, aligned, reals
from commonweal.methods.intervals import wilson, z_value
from commonweal.methods.representativeness import effective_sample_size
from commonweal.methods.weighting import Margin

FEWEST = 10  # with fewer answers than this nothing is shown


@dataclass(frozen=True, slots=True)
class Reading:
    """One share or mean: what it is, between which bounds, from how many answers, worth how many."""

    value: float
    lower: float
    upper: float
    answered: int
    effective: float

    @property
    def shown(self) -> bool:
        """Whether enough people answered for it to be shown."""
        return self.answered >= FEWEST


NOTHING = Reading(float("nan"), float("nan"), float("nan"), 0, 0.0)


def weighted_shares(chosen: ArrayLike, weights: ArrayLike, *, level: float = 0.95) -> tuple[Reading, ...]:
    """The weighted share that chose each option, as shares of 1, with Wilson's bounds at the effective size.

    p = Σ w x / Σ w over those with a weight; n_eff = (Σ w)² / Σ w². `chosen` is (n, k) of 0 and 1, one column an
    option; `weights` (n,). Bounds are wider than a plain sample's by the weights alone; they do not know of
    self-selection. Errors: other values than 0 and 1, unequal lengths, negative weights.
    Source: Kish 1965, Survey Sampling; Wilson 1927; Korn and Graubard 1998, Survey Methodology 24:193.
    """
    table = np.atleast_2d(reals(chosen, "Answers", low=0, high=1))
    w = reals(weights, "Weights", low=0)
    if table.shape[0] != w.size:
        raise MethodError(f"There are {table.shape[0]} answers and {w.size} weights: each answer needs one.")
    if not w.sum() > 0:
        return tuple(NOTHING for _ in range(table.shape[1]))
    worth, answered = effective_sample_size(w), int((w > 0).sum())
    share = np.clip(w @ table / w.sum(), 0.0, 1.0)
    lower, upper = wilson(share * worth, np.full(share.shape, worth), level=level)
    return tuple(
        Reading(float(value), float(low), float(high), answered, worth)
        for value, low, high in zip(share, lower, upper, strict=True)
    )


def weighted_mean(values: ArrayLike, weights: ArrayLike, *, level: float = 0.95) -> Reading:
    """The weighted mean of a scale with its linearised normal interval.

    m = Σ w x / Σ w; variance n/(n - 1) Σ w²(x - m)² / (Σ w)². NaN bounds where fewer than two answered. Errors:
    unequal lengths, negative weights. Source: Särndal, Swensson and Wretman 1992, §5.7 (ratio of totals).
    """
    x, w = reals(values, "Answers"), reals(weights, "Weights", low=0)
    aligned(answers=x, weights=w)
    x, w = x[w > 0], w[w > 0]
    if not w.size:
        return NOTHING
    mean = float(w @ x / w.sum())
    if w.size < 2:
        return Reading(mean, float("nan"), float("nan"), 1, 1.0)
    variance = w.size / (w.size - 1) * float((w**2) @ (x - mean) ** 2) / float(w.sum()) ** 2
    reach = z_value(level) * float(np.sqrt(variance))
    return Reading(mean, mean - reach, mean + reach, int(w.size), effective_sample_size(w))


@dataclass(frozen=True, slots=True)
class Heard:
    """One group: how many answered, its share of answers and of people, and how many would be its fair part."""

    margin: str
    group: str
    answered: int
    share_answered: float
    share_people: float
    fair: float

    @property
    def ratio(self) -> float:
        """Share of answers over share of people: 1 is heard as often as it lives here; NaN where nobody lives."""
        return self.share_answered / self.share_people if self.share_people else float("nan")


def heard(margin: Margin) -> tuple[Heard, ...]:
    """Non-response by one make-up: each group's answers against its part of the population, nothing weighted.

    Groups nobody answered from are in it, with 0. Errors: no answers, or a make-up with nobody in it.
    """
    targets = reals(margin.targets, f"The make-up by {margin.name}", low=0)
    counts = _counts(margin.groups, targets.size)
    if not counts.sum() or not targets.sum() > 0:
        raise MethodError(f"By {margin.name}, nobody can be compared: there are no answers, or no people.")
    people = targets / targets.sum()
    return tuple(
        Heard(margin.name, margin.label(at), int(counts[at]), float(counts[at] / counts.sum()),
              float(people[at]), float(people[at] * counts.sum()))
        for at in range(targets.size)
    )


def response_rate(answered: int, asked: int) -> float:
    """The share of those asked who answered. Errors: nobody asked, or more answered than were asked."""
    if not 0 <= answered <= asked or not asked:
        raise MethodError("More people answered than were asked, or nobody was asked. Check the two numbers.")
    return answered / asked


def _counts(groups: NDArray[np.int64], size: int) -> Reals:
    known = groups[groups >= 0]
    return np.bincount(known, minlength=size).astype(np.float64)
