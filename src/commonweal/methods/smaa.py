"""How often each option comes first over every weighting people might hold and every score that might be true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.additive import TOP, Ratings
from commonweal.methods.arrays import MethodError, Reals, reals

Singles = NDArray[np.float32]
CHUNK = 16_384             # a power of two; what fits the nearest cache
SAMPLES = 65_536
STRIP = 200_000            # multiplications at a time, see _times
STRIP_DRAWS = 1_024
NEAR = 4e-6                # of the largest score: what single precision cannot tell apart is level
MOST_SAMPLES = 1 << 20


@dataclass(frozen=True, slots=True)
class Held:
    """The weights a group might hold: swing points from 0 to 100 within [low, high], or any at all.

    With `in_order` only the order of the middle of the points is kept, and any weights that follow it count.
    """

    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    in_order: bool = False


ANY = Held()


@dataclass(frozen=True, slots=True)
class Accepted:
    """Over all draws, for m options and c criteria, as shares from 0 to 1.

    `ranks[i, r]`: share of draws in which option i takes place r + 1; level ones share the better place.
    `central[i]`: the mean weights of the draws in which i is first, NaN where it never is. `confidence[i]`: the
    share of score draws in which i is first at those weights, NaN likewise. `pairs[i, j]`: share in which i is
    worth more than j. `drawn`: how many draws.
    """

    ranks: Reals
    central: Reals
    confidence: Reals
    pairs: Reals
    drawn: int

    @property
    def first(self) -> Reals:
        """Share of draws in which each option is first."""
        return np.asarray(self.ranks[:, 0])


@dataclass(slots=True)
class _Tally:
    """What is counted while draws pass by."""

    places: NDArray[np.int64]
    pairs: NDArray[np.int64]
    firsts: Reals
    drawn: int = 0

    @classmethod
    def of(cls, options: int, criteria: int) -> _Tally:
        square = (options, options)
        return cls(np.zeros(square, np.int64), np.zeros(square, np.int64), np.zeros((options, criteria)))

    def take(self, worth: Singles, weights: Singles, level: float) -> None:
        """Counts one chunk: worth (m, n), weights (n, c). Signs of the value differences give pairs and places."""
        options, draws = worth.shape
        place = np.zeros((options, draws), np.int8)
        more = np.empty(draws, bool)
        for one in range(options):
            for other in range(one + 1, options):
                gap = worth[one] - worth[other]
                np.greater(gap, level, out=more)
                self.pairs[one, other] += np.count_nonzero(more)
                place[other] += more.view(np.int8)
                np.less(gap, -level, out=more)
                self.pairs[other, one] += np.count_nonzero(more)
                place[one] += more.view(np.int8)
        for one in range(options):
            self.places[one] += np.bincount(place[one].view(np.uint8), minlength=options)
        for start in range(0, draws, STRIP_DRAWS):
            part = slice(start, start + STRIP_DRAWS)
            self.firsts += (place[:, part] == 0).astype(np.float32) @ weights[part]
        self.drawn += draws


def acceptability(weights: ArrayLike, scores: ArrayLike) -> Accepted:
    """Places of options over given weightings, the scores being sure.

    Formula: V = W S'; place of i = 1 + number of j with V_j > V_i; shares over the rows of W. Shapes: weights
    (n, c), each row in any unit, scores (m, c). Confidence is 1 for whatever is first under some weights, as the
    weights under which it is first are a convex set. Errors: MethodError where shapes do not fit, something is
    missing, or a weighting sums to nothing.
    Source: Lahdelma, Hokkanen and Salminen, SMAA, EJOR 106 (1998) 137-143; Lahdelma and Salminen, SMAA-2,
    Operations Research 49 (2001) 444-454; Leskinen and others on pairwise winning indices, EJOR 169 (2006).
    """
    table, given = _sure(scores), np.ascontiguousarray(weights, dtype=np.float32)
    if given.ndim != 2 or given.shape[1] != table.shape[1] or not given.shape[0]:
        raise MethodError("Give weightings as rows, each with one weight for every criterion.")
    total = given.sum(axis=1, keepdims=True)
    if not np.isfinite(total).all() or (given < 0).any() or (total <= 0).any():
        raise MethodError("A weighting is missing a weight, has one below 0, or sums to nothing.")
    tally, level = _Tally.of(*table.shape), _level(table)
    for start in range(0, given.shape[0], CHUNK):
        share = given[start:start + CHUNK] / total[start:start + CHUNK]
        tally.take(_times(table, np.ascontiguousarray(share.T)), share, level)
    central = _central(tally)
    return _accepted(tally, central, np.where(np.isnan(central[:, 0]), np.nan, 1.0))


def smaa(rating: Ratings, held: Held = ANY, *, samples: int = SAMPLES, seed: int = 1) -> Accepted:
    """Places of options over all weights a group might hold and all scores that might be true.

    Draws are scrambled Sobol points in weights and unsure scores together: weights from -ln(u) for any weights
    (sorted where an order is kept), or points spread evenly within their ends, then made shares; scores from the
    triangle of least, most likely, most. The same seed gives the same answer.
    Shapes: ratings (m, c); `samples` is raised to a power of two. Errors: MethodError for a range upside down,
    points that are nothing on every criterion, or too many samples.
    Source: as for `acceptability`; Tervonen and Lahdelma, Implementing SMAA, EJOR 178 (2007) 500-513 (order and
    interval weights); Owen 1998, J. Complexity 14:466 (scrambled Sobol points).
    """
    options, criteria = rating.likely.shape
    _fits(held, criteria)
    count = 1 << max(0, int(samples - 1).bit_length())
    if not 1 <= samples <= MOST_SAMPLES:
        raise MethodError(f"Ask for 1 to {MOST_SAMPLES:,} draws.")
    unsure = rating.high - rating.low > 0
    tally, level = _Tally.of(options, criteria), _level(rating.high)
    kept: list[Singles] = []
    for drawn in _points(criteria + int(unsure.sum()), count, seed):
        share = _weights(drawn[:, :criteria], held)
        shifts = _shifts(drawn[:, criteria:], rating, unsure)
        if len(kept) * CHUNK < SAMPLES:     # as many as say how sure it is: a million would fill the memory
            kept.append(shifts)
        tally.take(_worth(share, shifts, rating, unsure), share, level)
    central = _central(tally)
    return _accepted(tally, central, _confidence(central, kept, rating, level))


def _points(dimensions: int, count: int, seed: int) -> Iterator[Singles]:
    from scipy.stats import qmc  # here: it takes half a second, and a page has no need of it

    engine = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))
    step = min(CHUNK, count)
    for _ in range(count // step):
        yield engine.random(step).astype(np.float32)


def _weights(uniform: Singles, held: Held) -> Singles:
    """Shares of one by draw (n, c)."""
    if held.low and not held.in_order:
        low, high = np.asarray(held.low, np.float32), np.asarray(held.high, np.float32)
        given = low + uniform * (high - low)
        given = np.where(given.sum(axis=1, keepdims=True) > 0, given, high)   # all points nothing: not a weighting
    else:
        given = -np.log(np.maximum(uniform, np.float32(1e-7)))
        if held.low:
            middle = np.asarray(held.low) + np.asarray(held.high)
            given = np.sort(given, axis=1)[:, np.argsort(np.argsort(middle, kind="stable"), kind="stable")]
    return np.ascontiguousarray(given / given.sum(axis=1, keepdims=True), dtype=np.float32)


def _shifts(uniform: Singles, rating: Ratings, unsure: NDArray[np.bool_]) -> Singles:
    """By how much each unsure cell differs from its likely score, by draw (u, n), each from its triangle."""
    ends = (rating.low, rating.likely, rating.high)
    low, likely, high = (one[unsure].astype(np.float32)[:, None] for one in ends)
    span, drawn = high - low, np.ascontiguousarray(uniform.T)
    rising = low - likely + np.sqrt(drawn * (span * (likely - low)))
    falling = high - likely - np.sqrt((1 - drawn) * (span * (high - likely)))
    return np.asarray(np.where(drawn < (likely - low) / span, rising, falling), dtype=np.float32)


def _worth(share: Singles, shifts: Singles, rating: Ratings, unsure: NDArray[np.bool_]) -> Singles:
    """The value of each option by draw (m, n): the likely scores, and what the unsure ones differ by."""
    turned = np.ascontiguousarray(share.T)
    worth = _times(rating.likely.astype(np.float32), turned)
    for cell, (option, criterion) in enumerate(zip(*np.nonzero(unsure), strict=True)):
        worth[option] += turned[criterion] * shifts[cell]
    return worth


def _confidence(central: Reals, kept: list[Singles], rating: Ratings, level: float) -> Reals:
    """How often each is first at its own central weights, over the same score draws."""
    found = np.full(central.shape[0], np.nan)
    ever = np.flatnonzero(~np.isnan(central[:, 0]))
    share = central[ever].astype(np.float32)                                   # (k, c)
    start = (share @ rating.likely.astype(np.float32).T).T[:, :, None]         # (m, k, 1)
    owner, criterion = np.nonzero(rating.high - rating.low > 0)
    firsts = np.zeros(ever.size, np.int64)
    for shifts in kept:
        worth = np.broadcast_to(start, (*start.shape[:2], shifts.shape[1])).copy()
        for option in np.unique(owner):
            cells = owner == option
            worth[option] += _times(share[:, criterion[cells]], shifts[cells])
        best = worth.max(axis=0)
        for place, one in enumerate(ever):
            firsts[place] += np.count_nonzero(worth[one, place] >= best[place] - level)
    found[ever] = firsts / sum(shifts.shape[1] for shifts in kept)
    return found


def _times(left: Singles, right: Singles) -> Singles:
    """A product (m, k) (k, n) a strip at a time: a strip is too small for the library to wake further threads."""
    step = max(1, STRIP // max(1, left.shape[0] * left.shape[1]))
    made = np.empty((left.shape[0], right.shape[1]), np.float32)
    for start in range(0, right.shape[1], step):
        np.matmul(left, right[:, start:start + step], out=made[:, start:start + step])
    return made


def _central(tally: _Tally) -> Reals:
    firsts = tally.firsts.sum(axis=1, keepdims=True)
    return np.where(firsts > 0, tally.firsts / np.where(firsts > 0, firsts, 1.0), np.nan)


def _accepted(tally: _Tally, central: Reals, confidence: Reals) -> Accepted:
    return Accepted(tally.places / tally.drawn, central, confidence, tally.pairs / tally.drawn, tally.drawn)


def _level(table: ArrayLike) -> float:
    return NEAR * max(1e-30, float(np.abs(np.asarray(table)).max()))


def _sure(scores: ArrayLike) -> Singles:
    table = reals(scores, "Scores")
    if table.ndim != 2 or not table.size or np.isnan(table).any():
        raise MethodError("A score is missing. Every option needs a score on every criterion.")
    if table.shape[0] > np.iinfo(np.int8).max:
        raise MethodError("More than 127 options are too many to weigh at once. Sift them first.")
    return table.astype(np.float32)


def _fits(held: Held, criteria: int) -> None:
    if not held.low and not held.high:
        return
    low, high = reals(held.low, "Points", low=0.0, high=TOP), reals(held.high, "Points", low=0.0, high=TOP)
    if low.shape != (criteria,) or high.shape != (criteria,) or np.isnan(low + high).any():
        raise MethodError("Give every criterion its points.")
    if (low > high).any():
        raise MethodError("Points go up: at least, at most.")
    if high.sum() <= 0:
        raise MethodError("The weights sum to nothing. Give at least one criterion a weight above 0.")
