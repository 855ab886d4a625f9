"""Trying to find out what was hidden, from nothing but what was published: the proof that hiding worked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from commonweal.methods.arrays import MethodError, Reals
from commonweal.methods.disclosure import Counts, Mask, Publication, arcs


@dataclass(frozen=True, slots=True)
class Fact:
    """Something else that is known: Σ weights x count over the (r, c) cells without margins is in [low, high]."""

    weights: Reals
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Audit:
    """What an attacker can work out: the least and most each hidden count can be, -1 where none was looked for."""

    low: Counts
    high: Counts
    exposed: Mask    # counts in need of protection that have less than the least span
    passed: bool


def audit(
    published: Publication, sensitive: Mask, *, facts: Iterable[Fact] = (), everything: bool = False
) -> Audit:
    """Attack a publication for every sensitive count, or every hidden one.

    The attacker knows the rule, that counts are whole and not negative, that they add up to their margins, and
    `facts`: earlier releases, say. Two-way tables are networks, so linear programs give whole answers; with facts
    whole numbers are asked for. Errors: nothing fits what was published, so a count or a fact is wrong.
    Source: Willenborg and de Waal 2001, Elements of Statistical Disclosure Control, ch. 6.
    """
    shape = published.shown.shape
    known = tuple(facts)
    limits = [_adds_up(shape), *(_of_fact(fact, shape) for fact in known)]
    floor, ceiling = bounds(published)
    within = Bounds(floor.ravel().astype(np.float64), ceiling.ravel().astype(np.float64))
    least, most = np.full(shape, -1, dtype=np.int64), np.full(shape, -1, dtype=np.int64)
    for place in np.argwhere(published.hidden & (sensitive | everything)):
        at = int(np.ravel_multi_index(tuple(place), shape))
        least[tuple(place)], most[tuple(place)] = (
            _extreme(at, sign, limits, within, whole=bool(known)) for sign in (1, -1)
        )
    exposed = sensitive & (~published.hidden | (most - least < published.preset.least_width))
    return Audit(least, most, exposed, not exposed.any())


def bounds(published: Publication) -> tuple[Counts, Counts]:
    """What one number, or its absence, says by itself: the least and most every count can be, knowing the rule."""
    shown, base, rule = published.shown, published.base, published.preset
    floor = 0 if published.zeros else rule.hide_from
    ceiling = int(np.iinfo(np.int32).max) if published.mixed else rule.hide_to
    low, high = shown, shown
    if base > 1:
        low = np.where(shown == base, 1, shown - base // 2)
        high = shown + (base - 1) // 2
    large = rule.hide_to + 1
    low = np.where(shown > 0, np.maximum(low, large), 0)
    high = np.where(shown > 0, high, 0)
    return np.where(published.hidden, floor, low), np.where(published.hidden, ceiling, high)


def _adds_up(shape: tuple[int, ...]) -> LinearConstraint:
    tails, heads = arcs((shape[0], shape[1]))
    cells = np.arange(tails.size)
    nodes = sum(shape)
    places = (np.concatenate([tails.ravel(), heads.ravel()]), np.concatenate([cells, cells]))
    signs: NDArray[np.float64] = np.repeat([1.0, -1.0], tails.size)
    return LinearConstraint(csr_array((signs, places), shape=(nodes, tails.size)), 0, 0)


def _of_fact(fact: Fact, shape: tuple[int, ...]) -> LinearConstraint:
    if fact.weights.shape != (shape[0] - 1, shape[1] - 1):
        raise MethodError("A fact needs one weight for each cell of the table without its margins.")
    wide = np.zeros(shape)
    wide[:-1, :-1] = fact.weights
    return LinearConstraint(csr_array(wide.reshape(1, -1)), fact.low, fact.high)


def _extreme(at: int, sign: int, limits: list[LinearConstraint], within: Bounds, *, whole: bool) -> int:
    aim = np.zeros(within.lb.size)
    aim[at] = sign
    found = milp(aim, constraints=limits, bounds=within, integrality=np.full(aim.size, int(whole)))
    if found.x is None:
        raise MethodError("No counts fit what was published: a count, a margin or a known fact is wrong.")
    exact = sign * float(found.fun)
    return int(np.ceil(exact - 1e-6)) if sign > 0 else int(np.floor(exact + 1e-6))
