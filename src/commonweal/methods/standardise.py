"""Rates made comparable between places of different ages, and rates of things one person does many times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.arrays import MethodError, Reals, checked_level, reals
from commonweal.methods.intervals import Estimates, byar

LEAST_EVENTS = 10  # a standardised rate of fewer events is not shown


def directly_standardised(
    events: ArrayLike, people: ArrayLike, standard: ArrayLike, *, level: float = 0.95, per: float = 100_000
) -> Estimates:
    """Directly standardised rates of independent events, with Dobson's interval.

    V = Σ w x/n / Σ w; bounds V + √(var/O) (Byar(O) - O), var = Σ (w/n)² x / (Σ w)², O = Σ x.
    `events` and `people` are (..., k age groups), `standard` (k,); one rate for each place. NaN below 10 events.
    Errors: an age group without people, negative numbers, shapes that differ.
    Source: Dobson et al. 1991, Stat Med 10:457.
    """
    x = reals(events, "Events", low=0)
    return _standardised(x, x, reals(people, "People", low=0), standard, level).per(per)


@dataclass(frozen=True, slots=True)
class Visitors:
    """How many `people` (..., k age groups, f) came each number of `times` (f,)."""

    people: ArrayLike
    times: ArrayLike

    def moments(self) -> tuple[Reals, Reals]:
        """Visits, and the variance of their number: Σ v people and Σ v² people, each (..., k)."""
        people, times = reals(self.people, "Visitors", low=0), reals(self.times, "Visits each", low=0)
        if times.ndim != 1 or people.shape[-1:] != times.shape:
            raise MethodError("Visitors need one column for each number of visits: the two do not match.")
        return people @ times, people @ times**2


def repeated_events_rate(
    visitors: Visitors, people: ArrayLike, standard: ArrayLike | None = None, *,
    level: float = 0.95, per: float = 100_000,
) -> Estimates:
    """Rates of visits, or anything one person does many times, with an interval that knows it.

    As `directly_standardised`, with variance Σ v² visitors instead of the number of events, so the interval is
    wider than if each visit were somebody new. Without `standard` the rate is crude. NaN below 10 visits.
    Errors: an age group without people, negative numbers, shapes that differ.
    Source: Public Health England 2018, technical guide, non-independent events.
    """
    events, variances = visitors.moments()
    n = reals(people, "People", low=0)
    return _standardised(events, variances, n, n if standard is None else standard, level).per(per)


def _standardised(
    events: Reals, variances: Reals, people: Reals, standard: ArrayLike, level: float
) -> Estimates:
    weights = reals(standard, "The standard population", low=0)
    if events.shape != people.shape or events.shape[-1:] != weights.shape[-1:]:
        raise MethodError("Events, people and the standard population need the same age groups in the same order.")
    if (people <= 0).any():
        raise MethodError("An age group has no people, so it has no rate: join it with its neighbour.")
    scale = weights / people / weights.sum(axis=-1, keepdims=True)
    total = events.sum(axis=-1)
    shown = np.where(total >= LEAST_EVENTS, total, np.nan)
    value = np.where(np.isnan(shown), np.nan, (scale * events).sum(axis=-1))
    stretch = np.sqrt((scale**2 * variances).sum(axis=-1) / shown)
    low, high = byar(shown, level=checked_level(level))
    lower, upper = value + stretch * (low - shown), value + stretch * (high - shown)
    return Estimates(value, np.asarray(np.maximum(lower, 0.0)), np.asarray(upper), "dobson", level)
