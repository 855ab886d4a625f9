"""Whether size matters to cost: what comparators can say, with how much doubt, and when they cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from commonweal.methods.arrays import MethodError, Reals, aligned, checked_level, reals

FEWEST = 8
DRAWS = 999
PLATEAU = 0.05


class Verdict(StrEnum):
    """What the comparators bear out."""

    CHEAPER = "cheaper"        # a larger body costs less a unit
    DEARER = "dearer"          # a larger body costs more a unit
    NO_MATTER = "no_matter"    # size makes little difference either way: the interval is narrow about 1
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Fit:
    """ln cost = a + b ln size over n bodies: `slope` b with its interval, the spread left, sizes seen, verdict.

    b below 1: the larger costs less a unit. `missing` says why where nothing could be told at all.
    """

    n: int
    start: float
    slope: float
    low: float
    high: float
    spread: float
    sizes: tuple[float, float]
    level: float
    verdict: Verdict
    centre: float
    square: float


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Cost of a unit at a size: its middle, the band of the line, the band of one body; `beyond` those seen."""

    size: float
    middle: float
    line: tuple[float, float]
    body: tuple[float, float]
    beyond: bool


@dataclass(frozen=True, slots=True)
class Optimum:
    """The size of least cost a unit, if one is shown: its interval, and sizes within 5% of least cost."""

    size: float | None
    low: float
    high: float
    plateau: tuple[float, float]
    found: float


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining bodies might save a year (middle, and both ends of doubt), and after how long it has paid."""

    apart: float
    saving: float
    ends: tuple[float, float]
    payback: float | None
    payback_ends: tuple[float | None, float | None]


def fit(size: ArrayLike, cost: ArrayLike, *, level: float = 0.95, little: float = 0.05) -> Fit:
    """Least squares of ln cost on ln size of bodies (n,); verdict by the interval of the slope.

    Cheaper where it lies below 1, dearer where above, no matter where all of it is within `little` of 1, else
    it cannot be told. Fewer than 8 bodies or all of a size: cannot be told. Errors: sizes or costs of 0 or below.
    Source: log-linear cost function, Johnston 1960, Statistical Cost Analysis.
    """
    many, spent = _given(size, cost)
    checked_level(level)
    x, y = np.log(many), np.log(spent)
    n, square = x.size, float(((x - x.mean()) ** 2).sum()) if x.size else 0.0
    ends = (float(many.min()), float(many.max())) if n else (np.nan, np.nan)
    if n < FEWEST or square < 1e-9:
        return Fit(n, np.nan, np.nan, np.nan, np.nan, np.nan, ends, level, Verdict.CANNOT_TELL, np.nan, square)
    slope = float(((x - x.mean()) * y).sum() / square)
    start = float(y.mean() - slope * x.mean())
    spread = float(np.sqrt(((y - start - slope * x) ** 2).sum() / (n - 2)))
    reach = float(stdtrit(n - 2, (1 + level) / 2)) * spread / np.sqrt(square)
    low, high = slope - reach, slope + reach
    verdict = _verdict(low, high, little)
    return Fit(n, start, slope, low, high, spread, ends, level, verdict, float(x.mean()), square)


def unit_cost(found: Fit, sizes: ArrayLike) -> tuple[Foreseen, ...]:
    """Cost a unit at each size (k,), with the band of the line and the wider band of a single body.

    e^(a + (b - 1) ln s), ± t s√(1/n + d²/S) for the line and ± t s√(1 + 1/n + d²/S) for a body: its middle is a
    median, not a mean. Errors: a fit that could not be made, a size of 0 or below.
    """
    asked = reals(sizes, "Sizes")
    if np.isnan(found.slope):
        raise MethodError(f"Nothing can be foreseen from {found.n} comparators: at least {FEWEST} are needed.")
    if (asked <= 0).any():
        raise MethodError("A size is above 0.")
    t = float(stdtrit(found.n - 2, (1 + found.level) / 2))
    told = []
    for size in asked:
        x = float(np.log(size))
        middle = found.start + (found.slope - 1) * x
        lean = 1 / found.n + (x - found.centre) ** 2 / found.square
        line, body = (t * found.spread * float(np.sqrt(part)) for part in (lean, 1 + lean))
        told.append(Foreseen(
            float(size), float(np.exp(middle)), (float(np.exp(middle - line)), float(np.exp(middle + line))),
            (float(np.exp(middle - body)), float(np.exp(middle + body))),
            not found.sizes[0] <= size <= found.sizes[1],
        ))
    return tuple(told)


def optimum(size: ArrayLike, cost: ArrayLike, *, seed: int, level: float = 0.95) -> Optimum:
    """The size of least cost a unit by ln(cost/size) = a + b x + c x², x = ln size, drawn anew by pairs 999 times.

    A least exists where c > 0 and it lies within the sizes seen; `found` is the share of draws with one. No size
    is given where fewer than 95% of the draws have one; the interval is that of those that do.
    Errors: as `fit`, and fewer than 8 bodies. Source: pairs bootstrap, Efron and Tibshirani 1993.
    """
    many, spent = _given(size, cost)
    checked_level(level)
    if many.size < FEWEST:
        raise MethodError(f"An optimum cannot be looked for in {many.size} comparators: {FEWEST} are the fewest.")
    x, y = np.log(many), np.log(spent / many)
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, x.size, (DRAWS, x.size))
    least = _least(x[picks], y[picks])
    inside = (least >= x.min()) & (least <= x.max())
    found = float(inside.mean())
    tail = (1 - level) / 2
    whole = _least(x[None], y[None])[0]
    if found < level or not x.min() <= whole <= x.max():
        return Optimum(None, np.nan, np.nan, (np.nan, np.nan), found)
    low, high = np.exp(np.quantile(least[inside], [tail, 1 - tail]))
    return Optimum(float(np.exp(whole)), float(low), float(high), _plateau(x, y, whole), found)


def join(found: Fit, *, sizes: ArrayLike, costs: ArrayLike, share: float = 1.0, once: float = 0.0) -> Joined:
    """Saving a year if bodies of sizes and costs (m,) did `share` of their work as one, and its payback.

    Each body keeps its own distance from the line: c(i) (S / s(i))^(b - 1) is what its units cost at the joint
    size S, so the saving is share x Σ c(i) (1 - (S / s(i))^(b - 1)), at b and both ends of its interval. Payback
    is once / saving, None where there is none. Errors: fewer than two bodies, a share outside 0 to 1.
    """
    many, spent = _given(sizes, costs)
    if many.size < 2:
        raise MethodError("Joining takes at least two bodies.")
    if not 0 <= share <= 1 or once < 0:
        raise MethodError("The share done together is from 0 to 1, and what it costs once is 0 or more.")
    if np.isnan(found.slope):
        raise MethodError(f"A saving cannot be foreseen from {found.n} comparators: at least {FEWEST} are needed.")

    def saved(slope: float) -> float:
        return share * float((spent * (1 - (many.sum() / many) ** (slope - 1))).sum())

    middle, best, worst = saved(found.slope), saved(found.low), saved(found.high)
    return Joined(
        float(spent.sum()), middle, (worst, best), _payback(once, middle),
        (_payback(once, best), _payback(once, worst)),
    )


def _payback(once: float, saving: float) -> float | None:
    return once / saving if saving > 0 else None


def _given(size: ArrayLike, cost: ArrayLike) -> tuple[Reals, Reals]:
    many, spent = reals(size, "Sizes"), reals(cost, "Costs")
    aligned(sizes=many, costs=spent)
    if np.isnan(many).any() or np.isnan(spent).any() or (many <= 0).any() or (spent <= 0).any():
        raise MethodError("Every comparator needs a size and a cost above 0.")
    return many, spent


def _verdict(low: float, high: float, little: float) -> Verdict:
    if low > 1 - little and high < 1 + little:
        return Verdict.NO_MATTER
    if high < 1:
        return Verdict.CHEAPER
    return Verdict.DEARER if low > 1 else Verdict.CANNOT_TELL


def _least(x: Reals, y: Reals) -> Reals:
    """Where each row's fitted parabola is least; NaN where it opens downwards or cannot be fitted."""
    centred = x - x.mean(axis=1, keepdims=True)
    table = np.stack([np.ones_like(centred), centred, centred ** 2], axis=2)
    normal = np.einsum("dni,dnj->dij", table, table)
    right = np.einsum("dni,dn->di", table, y)
    sound = np.linalg.cond(normal) < 1e10
    found = np.full(len(x), np.nan)
    if sound.any():
        held = np.linalg.solve(normal[sound], right[sound][:, :, None])[:, :, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            least = np.where(held[:, 2] > 0, -held[:, 1] / (2 * held[:, 2]), np.nan)
        found[sound] = least + x[sound].mean(axis=1)
    return found


def _plateau(x: Reals, y: Reals, least: float) -> tuple[float, float]:
    """Sizes whose fitted cost a unit is within 5% of the least, kept to the sizes seen."""
    steepness = float(np.polyfit(x - x.mean(), y, 2)[0])
    reach = float(np.sqrt(np.log(1 + PLATEAU) / steepness))
    return float(np.exp(max(least - reach, x.min()))), float(np.exp(min(least + reach, x.max())))
