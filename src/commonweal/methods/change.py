"""Change of the same people before and after, with its doubt, and beyond what selecting by need explains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import nctdtr, ndtr, stdtrit

from commonweal.methods.arrays import MethodError, Reals, aligned, checked_level, reals

LEAST_MEAN = 5        # pairs below which only counts are given
LEAST_HEADLINE = 10   # and below which the mean is no headline


@dataclass(frozen=True, slots=True)
class PairedChange:
    """After less before of n people, in the scale's own unit; nothing but counts where n is below LEAST_MEAN.

    mean with lower and upper: t-interval. median: Hodges-Lehmann. standardised: mean over the spread of changes,
    NaN where nobody's change differs. better, same, worse: people.
    """

    n: int
    better: int
    same: int
    worse: int
    mean: float | None
    lower: float | None
    upper: float | None
    median: float | None
    standardised: float | None

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out no change at all."""
        return self.lower is not None and self.upper is not None and (self.lower > 0 or self.upper < 0)

    @property
    def headline(self) -> bool:
        """Whether there are people enough for the mean to stand alone."""
        return self.n >= LEAST_HEADLINE


def paired_change(before: ArrayLike, after: ArrayLike, *, level: float = 0.95) -> PairedChange:
    """d = after - before; d̄ ± t(n-1) s/√n, whichever pairs are known on both sides.

    Shapes (n,), one scale. Errors: two lengths, infinite values. The t-interval holds its coverage at small n on
    skewed whole-number scores where bootstraps do not. Source: Student 1908; Hodges and Lehmann 1963, Ann Math
    Stat 34:598.
    """
    first, last = reals(before, "Before"), reals(after, "After")
    aligned(before=first, after=last)
    d = (last - first)[~np.isnan(last - first)]
    counts = int((d > 0).sum()), int((d == 0).sum()), int((d < 0).sum())
    if len(d) < LEAST_MEAN:
        return PairedChange(len(d), *counts, None, None, None, None, None)
    spread = float(d.std(ddof=1))
    half = half_width(len(d), level=level) * spread
    mean = float(d.mean())
    return PairedChange(len(d), *counts, mean, mean - half, mean + half, _middle_of_pairs(d),
                        mean / spread if spread else float("nan"))


def half_width(n: int, *, level: float = 0.95) -> float:
    """Half the width of a t-interval, in standard deviations of the change: t(n-1)/√n. 0.72 at n = 10.

    Errors: n below 2. Source: Student 1908.
    """
    if n < 2:
        raise MethodError("An interval takes at least two people.")
    return float(stdtrit(n - 1, (1 + checked_level(level)) / 2) / np.sqrt(n))


def people_needed(effect: float, *, power: float = 0.8, level: float = 0.95) -> int:
    """The fewest pairs by which a change of `effect` standard deviations is told from none: 34 for 0.5.

    Power is that of the two-sided t-test with noncentrality effect·√n. Errors: an effect of 0 or less, a power
    outside (0, 1). Source: Cohen 1988, ch. 2.
    """
    if not effect > 0:
        raise MethodError("The change to be told must be above 0.")
    checked_level(power)
    low, high = 2, 4
    while _power(high, effect, level) < power:
        low, high = high, high * 2
        if high > 10_000_000:
            raise MethodError("A change this small takes more than ten million people.")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _power(middle, effect, level) < power else (low, middle)
    return low if _power(low, effect, level) >= power else high


def expected_after(before: ArrayLike, *, mean: float, reliability: float) -> Reals:
    """What people chosen for their score would score again though nothing was done: m + r(before - m).

    `mean` and `before` in one unit, `reliability` the correlation of two measurings of the same people, 0 to 1.
    Errors: a reliability outside 0 to 1. Source: Mee and Chua 1991, Am Stat 45:39; Ostermann 2008, BMC Med Res
    Methodol 8:52.
    """
    if not 0 <= reliability <= 1:
        raise MethodError("The reliability must lie between 0 and 1.")
    return mean + reliability * (reals(before, "Before") - mean)


def beyond_expectation(
    before: ArrayLike, after: ArrayLike, *, mean: float, reliability: float, level: float = 0.95
) -> PairedChange:
    """Paired change from what was to be expected instead of from before: regression to the mean is taken off.

    A programme without effect, its people chosen by need, comes out as none. Errors as `expected_after` and
    `paired_change`. Source: as `expected_after`.
    """
    return paired_change(expected_after(before, mean=mean, reliability=reliability), after, level=level)


def selection_gain(cut: float, *, mean: float, spread: float, reliability: float) -> float:
    """The gain without effect among those who scored below a cut: s(1-r) φ(z)/Φ(z), z = (cut-m)/s.

    In the scale's unit: 1.46 for a cut of 21 where m 23.5, s 3.9, r 0.7. Errors: a spread of 0 or less, a
    reliability outside 0 to 1. Source: Gardner and Heady 1973, J Chronic Dis 26:781.
    """
    if not spread > 0:
        raise MethodError("The spread of the scores must be above 0.")
    if not 0 <= reliability <= 1:
        raise MethodError("The reliability must lie between 0 and 1.")
    z = (cut - mean) / spread
    return float(spread * (1 - reliability) * np.exp(-z * z / 2) / np.sqrt(2 * np.pi) / ndtr(z))


def reliable_threshold(*, spread: float, reliability: float, level: float = 0.95) -> float:
    """How much one person's score must move to be more than the scale's own noise: t∞ √2 s √(1-r).

    In the scale's unit. Errors: a spread of 0 or less, a reliability outside 0 to 1.
    Source: Jacobson and Truax 1991, J Consult Clin Psychol 59:12.
    """
    if not spread > 0 or not 0 <= reliability < 1:
        raise MethodError("A spread above 0 and a reliability from 0 up to 1 are needed.")
    return float(stdtrit(1e9, (1 + checked_level(level)) / 2) * np.sqrt(2) * spread * np.sqrt(1 - reliability))


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What those who did not answer again could change: in the scale's unit.

    if_unchanged: the mean change of all, had nobody missing changed. tipping: the mean change of the missing at
    which all together come to none.
    """

    share_followed: float
    if_unchanged: float
    tipping: float | None


def unanswered(change: PairedChange, began: int) -> Unanswered | None:
    """Bounds for those who began and were not measured again; nothing where no mean is given.

    if_unchanged = d̄ n/began; tipping = -d̄ n/(began - n). Errors: fewer began than were measured twice.
    Source: Little and Rubin 2019, ch. 15 (pattern mixture, tipping point).
    """
    if began < change.n:
        raise MethodError("Fewer people began than were measured twice. Check the two numbers.")
    if change.mean is None:
        return None
    missing, total = began - change.n, change.mean * change.n
    return Unanswered(change.n / began, total / began, -total / missing if missing else None)


def _power(n: int, effect: float, level: float) -> float:
    line, centre = stdtrit(n - 1, (1 + level) / 2), effect * np.sqrt(n)
    return float(1 - nctdtr(n - 1, centre, line) + nctdtr(n - 1, centre, -line))


def _middle_of_pairs(d: Reals) -> float:
    """The Hodges-Lehmann middle: the median of the means of every two changes, each with itself too."""
    d = d if len(d) <= 2_000 else np.quantile(d, np.linspace(0, 1, 2_000))
    at = np.triu_indices(len(d))
    return float(np.median((d[at[0]] + d[at[1]]) / 2))
