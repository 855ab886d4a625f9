"""How far a measure has come beside where it should be by now, and what a rule pays for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commonweal.methods.arrays import MethodError


class Stands(StrEnum):
    """Where a measure stands beside its trajectory."""

    ON = "on"
    OFF = "off"
    UNSURE = "unsure"


def pro_rata(target: float, share: float) -> float:
    """What a total should have come to once `share` (0 to 1) of its time is told: target · share.

    For different people, who come again, this is the least by which a steady programme can be on its way: the
    number of different people grows fastest at first. Errors: a share outside 0 to 1. Source: arithmetic.
    """
    if not 0 <= share <= 1:
        raise MethodError("The share of time must lie between 0 and 1.")
    return target * share


def on_the_line(baseline: float, target: float, share: float) -> float:
    """Where a level should be once `share` (0 to 1) of the way in time from baseline to target is gone.

    baseline + (target - baseline) · share, a straight line. Errors: a share outside 0 to 1.
    Source: arithmetic.
    """
    return baseline + pro_rata(target - baseline, share)


def stands(low: float, high: float, expected: float, *, tolerance: float = 0.0, more: bool = True) -> Stands:
    """Whether all, none or some of what may be true (low to high) reaches what is expected, less a tolerance.

    On where the worse end reaches expected ∓ tolerance · |expected|, off where the better end does not, else
    unsure. All in the measure's own unit. Errors: low above high, a tolerance below 0.
    Source: a claim is made only where both ends of what may be true bear it; Commonweal's own rule.
    """
    if low > high:
        raise MethodError("The lower end lies above the upper one.")
    if tolerance < 0:
        raise MethodError("The tolerance is 0 or more.")
    room = tolerance * abs(expected)
    if more:
        line = expected - room
        return Stands.ON if low >= line else Stands.OFF if high < line else Stands.UNSURE
    line = expected + room
    return Stands.ON if high <= line else Stands.OFF if low > line else Stands.UNSURE


@dataclass(frozen=True, slots=True)
class Paid:
    """What a rule pays: the share of target reached, the share of the money, the money (£)."""

    reached: float
    share: float
    pounds: float


def paid_for(value: float, target: float, pounds: float, *, nothing_at: float, all_at: float = 1.0) -> Paid:
    """A straight line between nothing and all: pounds · clamp((value/target - nothing_at)/(all_at - nothing_at)).

    `nothing_at` and `all_at` as shares of the target. Errors: a target of 0 or less, pounds below 0, all_at not
    above nothing_at. Source: interpolation on a straight line; arithmetic.
    """
    if not target > 0:
        raise MethodError("Money follows a target above 0 only.")
    if pounds < 0 or not 0 <= nothing_at < all_at:
        raise MethodError("The rule pays 0 or more, and all of it at a higher share than nothing.")
    reached = value / target
    share = min(max((reached - nothing_at) / (all_at - nothing_at), 0.0), 1.0)
    return Paid(reached, share, pounds * share)
