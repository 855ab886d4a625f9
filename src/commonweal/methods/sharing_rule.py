"""Who bears what when a contract does better or worse than agreed: bands, caps, collars, open book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonweal.methods.arrays import MethodError

Pounds = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Band:
    """Up to so many pounds a year from plan (inf: without end), the operator's share of it, 0 to 1."""

    upto: float
    operator: float


@dataclass(frozen=True, slots=True)
class Rule:
    """How a year's departure from plan is shared: bands for a loss, bands for a gain, the lowest first."""

    losses: tuple[Band, ...]
    gains: tuple[Band, ...]

    def __post_init__(self) -> None:
        for bands in (self.losses, self.gains):
            _sound(bands)


def fixed_price() -> Rule:
    """The operator bears every loss and keeps every gain."""
    whole = (Band(np.inf, 1.0),)
    return Rule(whole, whole)


def open_book() -> Rule:
    """The council pays what it costs: the operator bears nothing and keeps nothing."""
    none = (Band(np.inf, 0.0),)
    return Rule(none, none)


def capped(cap: float) -> Rule:
    """The operator bears a loss up to the cap, in pounds a year, the council what is past it; gains are kept."""
    return Rule((Band(cap, 1.0), Band(np.inf, 0.0)), (Band(np.inf, 1.0),))


def collared(collar: float) -> Rule:
    """Within the collar, in pounds a year either way, all is the operator's; past it all is the council's."""
    return collar_and_cap(collar=collar, cap=collar, shared=0.0)


def collar_and_cap(
    *, collar: float, cap: float, shared: float, beyond: float = 0.0, gains: float | None = None
) -> Rule:
    """Within the collar all is the operator's; from there to the cap `shared` of it; past the cap `beyond` of it.

    Pounds a year, the same for gain as for loss, unless `gains` says what part of a gain past the collar is the
    operator's. Errors: a cap below its collar, shares outside 0 to 1.
    """
    if not 0 <= collar <= cap:
        raise MethodError("The cap must not be below the collar, and neither below 0.")
    laid, low = [], 0.0
    for one in (Band(collar, 1.0), Band(cap, shared), Band(np.inf, beyond)):
        if one.upto > low:
            laid.append(one)
            low = one.upto
    if gains is None:
        return Rule(tuple(laid), tuple(laid))
    first = (Band(collar, 1.0),) if collar > 0 else ()
    return Rule(tuple(laid), (*first, Band(np.inf, gains)))


def borne(rule: Rule, departure: Pounds) -> Pounds:
    """The operator's part of each departure from plan, in pounds; a gain is above 0, a loss below; any shape.

    Piecewise linear: Σ over bands of share x the part of |departure| within the band. The council's part is the
    rest, so that the two always add up to the whole. Source: layers of cover as in excess-of-loss reinsurance
    (Daykin, Pentikäinen and Pesonen 1994, Practical Risk Theory for Actuaries).
    """
    if rule.losses == rule.gains:
        size = np.abs(departure)
        return np.copysign(_within(size, rule.losses), departure)
    return _within(np.maximum(departure, 0), rule.gains) - _within(np.maximum(-departure, 0), rule.losses)


def _within(size: Pounds, bands: Sequence[Band]) -> Pounds:
    if len(bands) == 1:
        return size * size.dtype.type(bands[0].operator)
    total, low = np.zeros_like(size), 0.0
    for one in bands:
        if one.operator:
            part = np.minimum(size, size.dtype.type(one.upto)) if np.isfinite(one.upto) else size
            total += size.dtype.type(one.operator) * np.maximum(part - size.dtype.type(low), 0)
        low = one.upto
    return total


def _sound(bands: Sequence[Band]) -> None:
    ends = [one.upto for one in bands]
    rising = all(low < high for low, high in pairwise([0.0, *ends]))
    if not bands or ends[-1] != np.inf or not rising:
        raise MethodError("Bands go up from 0, each ends above the one before, and the last has no end.")
    if not all(0 <= one.operator <= 1 for one in bands):
        raise MethodError("A share of risk is from 0 to 1.")
