"""Small areas to the places people know: means, shares and rates that stay true when areas are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.arrays import MethodError, Reals, aligned, reals
from commonweal.methods.deprivation import bands
from commonweal.methods.intervals import Estimates, proportion, rate


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which place each small area is part of; results have one value a place, in the order of `codes`."""

    codes: NDArray[np.str_]   # (g,) distinct, sorted
    keys: NDArray[np.int64]   # (n,) index into codes of each small area

    @classmethod
    def by(cls, labels: ArrayLike) -> Self:
        """From place codes, one a small area."""
        codes, keys = np.unique(np.asarray(labels, dtype=np.str_), return_inverse=True)
        return cls(codes, keys.astype(np.int64))

    @classmethod
    def whole(cls, areas: int) -> Self:
        """All of `areas` small areas as one place."""
        return cls.by(np.full(areas, "all"))

    def total(self, values: Reals) -> Reals:
        """Sum of values in each place; one unknown value makes its place's sum unknown."""
        if values.shape != self.keys.shape:
            raise MethodError(f"There are {values.size:,} values for {self.keys.size:,} areas: give one an area.")
        return np.asarray(np.bincount(self.keys, weights=values, minlength=len(self.codes)), dtype=np.float64)


def mean(values: ArrayLike, population: ArrayLike, places: Grouping) -> Reals:
    """Population-weighted mean of small-area values: Σ p v / Σ p over areas with a value.

    Errors: negative population, unequal lengths. NaN for a place with no people in areas of known value.
    Source: Indices of Deprivation, average score of a district.
    """
    value, people = reals(values, "Values"), reals(population, "Population", low=0)
    aligned(values=value, population=people)
    known = ~(np.isnan(value) | np.isnan(people))
    weight = np.where(known, people, 0.0)
    return _ratio(places.total(np.where(known, value, 0.0) * weight), places.total(weight))


def covered(values: ArrayLike, population: ArrayLike, places: Grouping) -> Reals:
    """Share (0-1) of a place's people living in areas whose value is known: to say beside every mean."""
    value, people = reals(values, "Values"), np.nan_to_num(reals(population, "Population", low=0))
    aligned(values=value, population=people)
    return _ratio(places.total(np.where(np.isnan(value), 0.0, people)), places.total(people))


def areas_in_worst(rank: ArrayLike, places: Grouping, *, n: int, out_of: int = 10) -> Reals:
    """Share (0-1) of a place's areas among the worst 1 in `out_of` of the n ranked nationally.

    Errors: a rank outside 1..n. Source: Indices of Deprivation, proportion of areas in the worst decile.
    """
    worst = bands(rank, n, count=out_of) == 1
    return _ratio(places.total(worst.astype(np.float64)), places.total(np.ones(worst.shape)))


def people_in_worst(
    rank: ArrayLike, population: ArrayLike, places: Grouping, *, n: int, out_of: int = 10
) -> Reals:
    """Share (0-1) of a place's people who live in the worst 1 in `out_of` of areas nationally.

    Errors: a rank outside 1..n, negative population, unequal lengths.
    """
    worst = bands(rank, n, count=out_of) == 1
    return _share_of_people(worst.astype(np.float64), population, places)


def extent(rank: ArrayLike, population: ArrayLike, places: Grouping, *, n: int) -> Reals:
    """Share (0-1) of a place's people in the worst tenth of areas, and in part those in the next two tenths.

    People in the worst tenth count whole; from the 11th to the 30th percentile they count 0.95 falling
    evenly to 0.05. Errors: a rank outside 1..n, negative population, unequal lengths.
    Source: Indices of Deprivation, extent; these steps reproduce the 2025 district values to 0.001.
    """
    percentile = bands(rank, n, count=100)
    falling = np.where(percentile <= 30, 0.95 - 0.9 * (percentile - 11) / 19, 0.0)
    weight = np.where(percentile <= 10, 1.0, falling)
    return _share_of_people(np.where(percentile > 0, weight, 0.0), population, places)


def local_concentration(rank: ArrayLike, population: ArrayLike, places: Grouping, *, n: int) -> Reals:
    """How deprived a place's worst tenth is: mean of n + 1 - rank over the tenth of its people worst placed.

    High means worse. Errors: a rank outside 1..n, negative population, unequal lengths.
    Source: Indices of Deprivation, local concentration.
    """
    ranks, people = reals(rank, "A rank", low=1, high=n), reals(population, "Population", low=0)
    aligned(rank=ranks, population=people)
    order = np.lexsort((ranks, places.keys))
    keys, weight = places.keys[order], people[order]
    tenth = places.total(people) / 10
    before = np.cumsum(weight) - weight
    first = np.searchsorted(keys, np.arange(len(places.codes)))
    taken = np.clip(tenth[keys] - (before - before[first][keys]), 0.0, weight)
    top = np.bincount(keys, weights=taken * (n + 1 - ranks[order]), minlength=len(places.codes))
    return _ratio(np.asarray(top), tenth)


def sum_proportion(
    numerator: ArrayLike, denominator: ArrayLike, places: Grouping, *, level: float = 0.95, per: float = 100
) -> Estimates:
    """Proportions of places from summed numerators and denominators, never from a mean of proportions.

    An area with either unknown is left out of both sums. Errors: as `intervals.proportion`.
    """
    top, bottom = _sums(numerator, denominator, places)
    return proportion(top, bottom, level=level, per=per)


def sum_rate(
    events: ArrayLike, people: ArrayLike, places: Grouping, *, level: float = 0.95, per: float = 100_000
) -> Estimates:
    """Rates of places from summed events and people. Errors: as `intervals.rate`."""
    top, bottom = _sums(events, people, places)
    return rate(top, bottom, level=level, per=per)


def _sums(numerator: ArrayLike, denominator: ArrayLike, places: Grouping) -> tuple[Reals, Reals]:
    top, bottom = reals(numerator, "The numerator", low=0), reals(denominator, "The denominator", low=0)
    aligned(numerator=top, denominator=bottom)
    known = ~(np.isnan(top) | np.isnan(bottom))
    return places.total(np.where(known, top, 0.0)), places.total(np.where(known, bottom, 0.0))


def _share_of_people(weight: Reals, population: ArrayLike, places: Grouping) -> Reals:
    people = reals(population, "Population", low=0)
    aligned(areas=weight, population=people)
    return _ratio(places.total(weight * people), places.total(people))


def _ratio(top: Reals, bottom: Reals) -> Reals:
    return top / np.where(bottom > 0, bottom, np.nan)
