"""Whether an area changed when something began: interrupted series, difference in differences, the dose first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from commonweal.methods.arrays import MethodError, Reals, aligned, checked_level, reals
from commonweal.methods.intervals import z_value

LEAST_BEFORE = 8     # points before it began
LEAST_AFTER = 4
LEAST_AREAS = 3      # areas on each side
STEPS, CLOSE = 50, 1e-10


@dataclass(frozen=True, slots=True)
class StepChange:
    """The rate after it began over what the series would have had without: ratio with its bounds.

    dispersion: how much more the counts vary than chance; the bounds allow for it. before, after: points.
    """

    ratio: float
    lower: float
    upper: float
    dispersion: float
    before: int
    after: int


def step_change(
    counts: ArrayLike, people: ArrayLike, began: int, *, harmonics: int = 0, in_year: int = 12, level: float = 0.95
) -> StepChange:
    """Segmented quasi-Poisson: log μ = log people + a + b·after + c·time + Σ seasonal pairs; ratio = exp(b).

    counts, people (n,): events and those at risk in each period, oldest first; `began` the index of the first
    period after. `harmonics` pairs of sine and cosine of a year of `in_year` periods. Dispersion is Pearson's χ²
    over its degrees of freedom. Errors: fewer than 8 points before or 4 after, a season without two years before,
    people of 0 or less, counts below 0 or all 0. Source: Lopez Bernal et al. 2017, Int J Epidemiol 46:348,
    corrected 2020.
    """
    y, n = reals(counts, "The counts", low=0), reals(people, "The people")
    aligned(counts=y, people=n)
    _bears(y, n, began, harmonics, in_year)
    design = _design(len(y), began, harmonics, in_year)
    beta, mean = _fitted(y, n, design)
    dispersion = float((((y - mean) ** 2) / mean).sum() / (len(y) - design.shape[1]))
    spread = np.sqrt(np.linalg.inv(design.T @ (design * mean[:, None]))[1, 1] * max(dispersion, 1.0))
    half = z_value(level) * spread
    low, middle, high = (float(np.exp(beta[1] + at)) for at in (-half, 0.0, half))
    return StepChange(middle, low, high, dispersion, began, len(y) - began)


@dataclass(frozen=True, slots=True)
class Apart:
    """How much more some areas changed than others, in the measure's own unit, with its bounds."""

    difference: float
    lower: float
    upper: float


def difference_in_differences(
    before: ArrayLike, after: ArrayLike, reached: ArrayLike, *, level: float = 0.95
) -> Apart:
    """(after - before) of areas reached less that of the others, with Welch's t-interval over areas.

    Shapes (n,): one area each; `reached` 1 or 0. Assumes that both would have changed alike. Errors: fewer than
    three areas on either side, unknown values. Source: Card and Krueger 1994, Am Econ Rev 84:772; Welch 1947.
    """
    first, last, there = reals(before, "Before"), reals(after, "After"), reals(reached, "Reached")
    aligned(before=first, after=last, reached=there)
    change = last - first
    if np.isnan(change).any() or not np.isin(there, (0.0, 1.0)).all():
        raise MethodError("Every area needs both values, and whether it was reached.")
    one, other = change[there == 1], change[there == 0]
    if min(len(one), len(other)) < LEAST_AREAS:
        raise MethodError(f"Comparing changes takes {LEAST_AREAS} areas at least on each side. "
                          "Between two areas anything may be the reason.")
    parts = [float(group.var(ddof=1)) / len(group) for group in (one, other)]
    gap, spread = float(one.mean() - other.mean()), float(np.sqrt(sum(parts)))
    if not spread:
        return Apart(gap, gap, gap)
    free = sum(parts) ** 2 / sum(part**2 / (n - 1) for part, n in zip(parts, (len(one), len(other)), strict=True))
    half = float(stdtrit(free, (1 + checked_level(level)) / 2)) * spread
    return Apart(gap, gap - half, gap + half)


def largest_change(reached: float, people: float) -> float:
    """The most by which a rate of all can move if everybody reached changed and nobody else: reached / people.

    Errors: people of 0 or less, more reached than there are. Source: arithmetic.
    """
    if not people > 0 or not 0 <= reached <= people:
        raise MethodError("Those reached are some of the people of the area: check the two numbers.")
    return reached / people


def _bears(y: Reals, n: Reals, began: int, harmonics: int, in_year: int) -> None:
    if began < LEAST_BEFORE or len(y) - began < LEAST_AFTER:
        raise MethodError(f"A series needs {LEAST_BEFORE} points before it began and {LEAST_AFTER} after. "
                          f"This has {max(began, 0)} and {max(len(y) - began, 0)}.")
    if harmonics and began < 2 * in_year:
        raise MethodError("Allowing for seasons takes two whole years before it began.")
    if np.isnan(y).any() or np.isnan(n).any() or (n <= 0).any() or not y.any():
        raise MethodError("Every period needs a count, and people above 0; and something must have been counted.")


def _design(length: int, began: int, harmonics: int, in_year: int) -> Reals:
    time = np.arange(1, length + 1, dtype=float)
    columns = [np.ones(length), (np.arange(length) >= began).astype(float), time]
    for pair in range(1, harmonics + 1):
        angle = 2 * np.pi * pair * time / in_year
        columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def _fitted(y: Reals, n: Reals, design: Reals) -> tuple[Reals, Reals]:
    """Coefficients and fitted means by iteratively reweighted least squares."""
    offset = np.log(n)
    beta = reals(np.zeros(design.shape[1]), "The coefficients")
    beta[0] = np.log(y.sum() / n.sum())
    for _ in range(STEPS):
        mean = np.exp(offset + design @ beta)
        working = design @ beta + (y - mean) / mean
        try:
            solved = np.linalg.solve(design.T @ (design * mean[:, None]), design.T @ (mean * working))
        except np.linalg.LinAlgError as wrong:
            raise MethodError("This series does not vary in a way that a trend can be fitted to.") from wrong
        new = reals(solved, "The fit")
        if np.abs(new - beta).max() < CLOSE:
            return new, reals(np.exp(offset + design @ new), "The fit")
        beta = new
    raise MethodError("No trend can be fitted to this series.")
