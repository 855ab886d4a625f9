"""A place beside another, beside England and among its peers, saying what can be told from chance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from commonweal.methods.arrays import MethodError, Reals, aligned, reals
from commonweal.methods.intervals import wilson, z_value


class Basis(StrEnum):
    """What the certainty of a difference rests on."""

    BOTH_INTERVALS = "both_intervals"  # both sides have bounds: square-and-add
    OWN_INTERVAL = "own_interval"      # the comparator is taken as exact (a whole country)
    NONE = "none"                      # no bounds: chance cannot be judged


@dataclass(frozen=True, slots=True)
class Reading:
    """One value with the bounds it was published with, if any. Bounds come in pairs around the value."""

    value: float
    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        if (self.lower is None) != (self.upper is None):
            raise MethodError("An interval has two bounds: only one was given.")
        if self.lower is not None and self.upper is not None and not self.lower <= self.value <= self.upper:
            raise MethodError(
                f"A value lies within its interval: {self.value:g} is outside {self.lower:g} to {self.upper:g}."
            )


@dataclass(frozen=True, slots=True)
class Difference:
    """Place less comparator. `certain` is True where 0 is outside the bounds, None where there are none."""

    value: float
    lower: float | None
    upper: float | None
    certain: bool | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Peers:
    """The middle of a peer group of n places with a value: the place itself is left out by the caller."""

    n: int
    median: float
    lower_quartile: float
    upper_quartile: float
    spread: float         # robust standard deviation: 1.4826 x median absolute deviation


def proportion_reading(share: float, n: float, *, level: float = 0.95, per: float = 100) -> Reading:
    """A published share of `per` hundred with its base, given Wilson bounds at the effective size n.

    Errors: a share outside 0..per, or a base that is not above 0.
    """
    if not 0 <= share <= per or n <= 0:
        raise MethodError(f"A share lies between 0 and {per:g} and its base above 0: {share:g} of {n:g} does not.")
    lower, upper = wilson(share / per * n, n, level=level)
    return Reading(share, min(float(lower) * per, share), max(float(upper) * per, share))


def difference(place: Reading, comparator: Reading, *, comparator_exact: bool = False) -> Difference:
    """Place less comparator, bounded by square-and-add: d - √((v - l)² + (u' - v')²) and its mirror.

    Bounds of both sides must be of one confidence level, which the result keeps. With `comparator_exact`
    a comparator without bounds counts as without error, as a census or a whole country may.
    Source: Newcombe 1998, Stat Med 17:873; Zou and Donner 2008, Stat Med 27:1693 (MOVER).
    """
    gap = place.value - comparator.value
    if place.lower is None or place.upper is None:
        return Difference(gap, None, None, None, Basis.NONE)
    if comparator.lower is None or comparator.upper is None:
        if not comparator_exact:
            return Difference(gap, None, None, None, Basis.NONE)
        lower, upper = place.lower - comparator.value, place.upper - comparator.value
        return Difference(gap, lower, upper, not lower <= 0 <= upper, Basis.OWN_INTERVAL)
    lower = gap - float(np.hypot(place.value - place.lower, comparator.upper - comparator.value))
    upper = gap + float(np.hypot(place.upper - place.value, comparator.value - comparator.lower))
    return Difference(gap, lower, upper, not lower <= 0 <= upper, Basis.BOTH_INTERVALS)


def peers(values: ArrayLike) -> Peers | None:
    """The peer group's median, quartiles (linear) and robust spread; None where no peer has a value."""
    array = reals(values, "Peer values").ravel()
    known = array[~np.isnan(array)]
    if not known.size:
        return None
    low, middle, high = (float(q) for q in np.quantile(known, (0.25, 0.5, 0.75)))
    return Peers(int(known.size), middle, low, high, 1.4826 * float(np.median(np.abs(known - middle))))


def robust_distance(value: ArrayLike, values: ArrayLike) -> Reals:
    """How far values lie from the peers' median in robust standard deviations: (x - median)/(1.4826 MAD).

    Where half the peers agree exactly (MAD 0) the quartile range over 1.349 is used, then the standard
    deviation; NaN where all peers agree and the value does not, 0 where it does. Errors: no known peer.
    Source: Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers.
    """
    group, x = peers(values), reals(value, "The value")
    if group is None:
        raise MethodError("No peer has a value, so a distance from them cannot be given.")
    known = reals(values, "Peer values").ravel()
    spreads = (group.spread, (group.upper_quartile - group.lower_quartile) / 1.349, float(np.nanstd(known)))
    spread = next((each for each in spreads if each > 0), None)
    gap = x - group.median
    return np.where(gap == 0, 0.0, np.nan) if spread is None else gap / spread


def percentile_position(value: ArrayLike, values: ArrayLike) -> Reals:
    """Where values stand among their peers, 0-100: share below, plus half of those equal.

    Errors: no known peer.
    """
    array = reals(values, "Peer values").ravel()
    known = np.sort(array[~np.isnan(array)])
    if not known.size:
        raise MethodError("No peer has a value, so a position among them cannot be given.")
    x = reals(value, "The value")
    below, up_to = np.searchsorted(known, x, side="left"), np.searchsorted(known, x, side="right")
    return np.where(np.isnan(x), np.nan, 50 * (below + up_to) / known.size)


def shrink(count: ArrayLike, n: ArrayLike, parent: ArrayLike, *, between: float | None = None) -> Reals:
    """Small-area shares drawn towards their parent's by how unreliable they are, on the logit scale.

    m = ln((r+½)/(n-r+½)), s² = (n+1)(n+2)/(n(r+1)(n-r+1)); w = (1/s²)/(1/s² + 1/t²); the share of
    w m + (1-w) logit(parent). `parent` is the parent's share, 0-1, of each area; t² (`between`) is
    Σ(m - M)²/(k-1) of the areas given unless stated. NaN where n is 0 or unknown. Offer it beside the raw
    value, never instead: it hides pockets. Errors: a count above n, a parent share outside 0-1, t² below 0.
    Source: Scottish Indices of Deprivation 2003, appendix 1.
    """
    r, base = reals(count, "The count", low=0), reals(n, "The base", low=0)
    aligned(count=r, base=base)
    if (r > base).any():
        raise MethodError("A count cannot be above its base: check that the two columns are not swapped.")
    share = np.broadcast_to(reals(parent, "The parent's share", low=0, high=1), r.shape)
    base = np.where(base > 0, base, np.nan)
    own, prior = np.log((r + 0.5) / (base - r + 0.5)), _logit(share)
    own_variance = (base + 1) * (base + 2) / (base * (r + 1) * (base - r + 1))
    if between is not None and between < 0:
        raise MethodError(f"The variance between areas cannot be below 0; {between:g} was given.")
    spread = _between(own, prior) if between is None else between
    weight = spread / (spread + own_variance)
    return np.asarray(expit(weight * own + (1 - weight) * prior))


def _logit(share: Reals) -> Reals:
    safe = np.clip(share, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(safe / (1 - safe)))


def _between(own: Reals, prior: Reals) -> float:
    gaps = (own - prior)[~np.isnan(own - prior)]
    return float((gaps**2).sum() / (gaps.size - 1)) if gaps.size > 1 else 0.0


def z_of(gap: Difference, *, level: float = 0.95) -> float | None:
    """How many standard errors a difference is from none, from its nearer bound; None without bounds."""
    if gap.lower is None or gap.upper is None:
        return None
    half = gap.value - gap.lower if gap.value >= 0 else gap.upper - gap.value
    if half == 0:
        return 0.0 if gap.value == 0 else float(np.copysign(np.inf, gap.value))
    return gap.value / (half / z_value(level))
