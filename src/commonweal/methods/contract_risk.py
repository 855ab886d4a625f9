"""What a contract of many years may come to for whoever runs it and for the council: drawn many times over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from commonweal.methods.arrays import MethodError
from commonweal.methods.sharing_rule import Pounds, Rule, borne

AT_A_TIME = 4_000


@dataclass(frozen=True, slots=True)
class Uncertain:
    """One line of a contract: pounds a year (income above 0, cost below), and how it may go otherwise.

    `level` is the spread (sd, share of the pounds) of a difference that stays for good, `yearly` of one that
    comes and goes, of which `persists` is left a year later; `off` the share by which the line is thought to
    come out larger than planned (-0.08: 8% smaller). `every` is how often, in years, the line is set anew (3: a
    pension). `passed` lines are borne by the council whatever the rule.
    """

    pounds: float
    yearly: float = 0.0
    level: float = 0.0
    persists: float = 0.0
    off: float = 0.0
    every: int = 1
    passed: bool = False


class Falls(StrEnum):
    """On whom a thing that happens falls: by the rule, on the council alone, or on the operator alone."""

    SHARED = "shared"
    PASSED = "passed"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may happen in any year: its chance, and what it costs at least, most likely, at most."""

    chance: float
    least: float
    likely: float
    most: float
    falls: Falls = Falls.SHARED


@dataclass(frozen=True, slots=True)
class Drawn:
    """Departures from plan in pounds by run and year (r, t): shared by the rule, passed through, one's own."""

    shared: Pounds
    passed: Pounds
    own: Pounds
    seed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Pounds by run and year (r, t) for whoever runs the contract, and what the council pays beyond plan."""

    operator: Pounds
    council: Pounds


@dataclass(frozen=True, slots=True)
class Bearing:
    """How a body with so much put by would stand.

    `typical`, `low`, `high`: its whole result in the middle run and in the worst and best twentieth.
    `bad_year`: its result in the worst year in twenty; `bad_tail`: the mean of the runs worse than `low`.
    `runs_out`: share of runs in which what is put by falls below the least it must hold in some year.
    `subsidy`: what it would take in the mean of those runs to bring it back to that least; `subsidy_high` in
    one run in twenty at least as much. `survives`: it could bear the worst year in twenty.
    """

    typical: float
    low: float
    high: float
    bad_year: float
    bad_tail: float
    runs_out: float
    subsidy: float
    subsidy_high: float
    survives: bool


def draw(
    lines: Sequence[Uncertain], *, years: int, runs: int, seed: int, together: Pounds | None = None,
    events: Sequence[Event] = (),
) -> Drawn:
    """Departures from plan of (runs, years), in pounds; same seed, same answer.

    Line i departs by pounds x (off + level N + a(t)), a(t) = p a(t-1) + √(1-p²) yearly N(t), normal, correlated
    between lines by `together` (n, n). Events fall as Bernoulli by year and cost a triangular sum. Errors: no
    line, chances outside 0 to 1, a correlation that cannot be. Source: first-order autoregression; correlation
    by Cholesky factor; common random numbers (Law 2015, Simulation Modeling and Analysis).
    """
    _sound(lines, years, runs)
    root = _root(together, len(lines))
    plan = _Plan(lines, years)
    shared = np.empty((runs, years), dtype=np.float32)
    passed = np.empty((runs, years), dtype=np.float32)
    generator = np.random.Generator(np.random.SFC64(seed))
    for first in range(0, runs, AT_A_TIME):
        part = slice(first, min(first + AT_A_TIME, runs))
        plan.put(shared[part], passed[part], root, generator)
    own = np.zeros((runs, years), dtype=np.float32)
    for one in events:
        _happen({Falls.SHARED: shared, Falls.PASSED: passed, Falls.OWN: own}[one.falls], one, generator)
    return Drawn(shared, passed, own, seed)


def settle(drawn: Drawn, rule: Rule, *, margin: float = 0.0) -> Outcome:
    """What the operator is left with (its margin and its part of departures) and what the council pays more."""
    part = borne(rule, drawn.shared)
    council = part - drawn.shared
    council -= drawn.passed
    part += drawn.own
    part += part.dtype.type(margin)
    return Outcome(part, council)


def bearing(result: Pounds, *, reserves: float, least: float = 0.0) -> Bearing:
    """How a body with `reserves` that must not fall below `least` bears yearly results (r, t) in pounds.

    Errors: reserves or their least below 0. Source: expected shortfall at 5% (Acerbi and Tasche 2002).
    """
    if reserves < 0 or least < 0:
        raise MethodError("Reserves, and the least that must be held, are 0 or more.")
    standing = np.cumsum(result, axis=1, dtype=np.float32)
    whole, lowest = standing[:, -1], standing.min(axis=1)
    low, middle, high = _quantiles(whole, (0.05, 0.5, 0.95))
    bad_year = worst_year(result)
    short = np.maximum(least - reserves - lowest, 0)
    out = short > 0
    return Bearing(
        middle, low, high, bad_year, float(whole[whole <= low].mean()), float(out.mean()),
        float(short[out].mean()) if out.any() else 0.0, _quantiles(short, (0.95,))[0],
        reserves + min(bad_year, 0.0) >= least,
    )


def worst_year(result: Pounds) -> float:
    """The result, in pounds, of the worst year in twenty: the 5% point of all years of all runs (r, t)."""
    return _quantiles(result.ravel(), (0.05,))[0]


def largest_share(
    drawn: Drawn, *, reserves: float, least: float = 0.0, limit: float = 0.05, margin: float = 0.0,
    collar: float = 0.0,
) -> float | None:
    """The largest share of departures past `collar` with which a body runs out in `limit` of runs at most.

    By halving, since a larger share never lasts longer (for a margin of 0 or more); to one part in a hundred.
    None where even a share of 0 is too much. Errors: a limit outside 0 to 1.
    """
    if not 0 < limit < 1:
        raise MethodError("Say how often running out can be borne, above 0 and below 1.")
    if reserves < 0 or least < 0:
        raise MethodError("Reserves, and the least that must be held, are 0 or more.")
    inside = np.clip(drawn.shared, -collar, collar) if collar else np.zeros_like(drawn.shared)
    own = np.cumsum(inside + drawn.own + drawn.shared.dtype.type(margin), axis=1, dtype=np.float32)
    rest = np.cumsum(drawn.shared - inside, axis=1, dtype=np.float32)
    room = drawn.shared.dtype.type(least - reserves)

    def lasts(share: float) -> bool:
        return float(((own + rest.dtype.type(share) * rest).min(axis=1) < room).mean()) <= limit

    if lasts(1.0):
        return 1.0
    if not lasts(0.0):
        return None
    low, high = 0.0, 1.0
    while high - low > 0.005:
        middle = (low + high) / 2
        low, high = (middle, high) if lasts(middle) else (low, middle)
    return float(np.floor(low * 100) / 100)


class _Plan:
    """What is the same for every run, laid out so that each line is one matrix product of its draws."""

    def __init__(self, lines: Sequence[Uncertain], years: int) -> None:
        self.lines, self.years = lines, years
        self.ways = [_way(one, years) for one in lines]
        self.off = [
            np.float32(one.pounds * one.off) * np.ones(years, dtype=np.float32) for one in lines
        ]

    def put(self, shared: Pounds, passed: Pounds, root: Pounds, generator: np.random.Generator) -> None:
        """Fill one block of runs."""
        shared[:], passed[:] = 0, 0
        count = len(self.lines)
        raw = generator.standard_normal((count, len(shared) * (self.years + 1)), dtype=np.float32)
        mixed = (root @ raw).reshape(count, len(shared), self.years + 1)
        for place, one in enumerate(self.lines):
            target = passed if one.passed else shared
            target += mixed[place] @ self.ways[place] + self.off[place]


def _way(line: Uncertain, years: int) -> Pounds:
    """(years + 1, years): what each draw adds to each year; the first row is the level that stays."""
    way = np.zeros((years + 1, years))
    way[0] = line.level
    fresh = np.sqrt(1 - line.persists ** 2)
    for year in range(years):
        held = year - year % line.every
        for k in range(held + 1):
            start = line.yearly if k == 0 else line.yearly * fresh
            way[1 + k, year] = start * line.persists ** (held - k)
    return np.asarray(way * abs(line.pounds), dtype=np.float32)


def _happen(target: Pounds, one: Event, generator: np.random.Generator) -> None:
    if not (0 <= one.chance <= 1 and 0 <= one.least <= one.likely <= one.most):
        raise MethodError("A risk needs a chance from 0 to 1, and a least, likely and most cost that go up.")
    times = int(generator.binomial(target.size, one.chance))
    where = generator.choice(target.size, times, replace=False, shuffle=False)
    cost = generator.triangular(one.least, one.likely, one.most, times) if one.most > one.least else one.least
    target.reshape(-1)[where] -= np.asarray(cost, dtype=target.dtype)


def _sound(lines: Sequence[Uncertain], years: int, runs: int) -> None:
    if not lines:
        raise MethodError("Give at least one line of income or cost: there is nothing to draw.")
    if not 1 <= years <= 60 or not 1 <= runs <= 1_000_000:
        raise MethodError("Give from 1 to 60 years and from 1 to 1,000,000 runs.")
    for one in lines:
        sizes = (one.pounds, one.yearly, one.level, one.off)
        if not all(np.isfinite(sizes)) or min(one.yearly, one.level) < 0 or not 0 <= one.persists < 1:
            raise MethodError("Each line needs pounds, spreads of 0 or more, and a share that persists, below 1.")
        if one.every < 1:
            raise MethodError("A line is set anew every year or more seldom.")


def _root(together: Pounds | None, count: int) -> Pounds:
    if together is None:
        return np.eye(count, dtype=np.float32)
    matrix = np.asarray(together, dtype=np.float64)
    if matrix.shape != (count, count) or not np.allclose(matrix, matrix.T) or not np.allclose(np.diag(matrix), 1):
        raise MethodError("Correlations make a square that mirrors itself, with 1 from corner to corner.")
    values, vectors = np.linalg.eigh(matrix)
    if values.min() < -1e-9:
        raise MethodError("These correlations cannot all hold at once: make some of them weaker.")
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0)), dtype=np.float32)


def _quantiles(values: Pounds, points: Sequence[float]) -> list[float]:
    """The order statistics at each point, found without sorting all."""
    places = [min(int(point * values.size), values.size - 1) for point in points]
    parted = np.partition(values, places)
    return [float(parted[place]) for place in places]
