"""Prices as points by three formulas, what a point of quality is worth, and when a loser decides who wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.methods.arrays import MethodError


def score(price: float, lowest: float) -> float:
    """100 x lowest / price, the price score in common use. Errors: a price of 0 or below.

    Source: Cabinet Office, Bid evaluation guidance note, May 2021, on relative price scoring.
    """
    if price <= 0 or lowest <= 0:
        raise MethodError("A price must be above 0 for this formula to give a score.")
    return 100 * lowest / price


def highest_price(
    *, quality: float, rival_quality: float, rival_price: float, quality_weight: float
) -> float | None:
    """The highest price at which one still matches a rival: w q + (1-w) s ≥ w q' + (1-w) s', s = 100 lowest/price.

    With d = w (q - q') / (100 (1-w)): p' / (1 - d) where one is better, p' (1 + d) where one is worse. None where
    no price is low enough; inf where any is. Errors: weights or scores outside 0 to 100 (w is given per cent).
    Source: the formula solved for the price; a third bid that is cheaper than both moves it.
    """
    if not all(0 <= one <= 100 for one in (quality, rival_quality, quality_weight)):
        raise MethodError("Quality and its weight are from 0 to 100.")
    if rival_price <= 0:
        raise MethodError("A price must be above 0 for this formula to give a score.")
    lead = quality_weight * (quality - rival_quality)
    if quality_weight == 100:
        return float("inf") if lead >= 0 else None
    edge = lead / (100 * (100 - quality_weight))
    if edge >= 0:
        return rival_price / (1 - edge) if edge < 1 else float("inf")
    return rival_price * (1 + edge) if edge > -1 else None


def absolute_scale(price: float, *, floor: float, ceiling: float) -> float:
    """100 x (ceiling - price) / (ceiling - floor), held between 0 and 100. Errors: a ceiling not above its floor.

    Source: Cabinet Office, Bid evaluation guidance note, May 2021, on absolute price scoring.
    """
    if price <= 0 or floor < 0 or ceiling <= floor:
        raise MethodError("The ceiling must be above the floor, and a price above 0.")
    return max(0.0, min(100.0, 100 * (ceiling - price) / (ceiling - floor)))


def deviation(price: float, mean: float) -> float:
    """50 + 100 x (mean - price) / mean, held between 0 and 100: a point a per cent off the average price.

    Source: Cabinet Office, Bid evaluation guidance note, May 2021, on scoring by distance from the average.
    """
    if price <= 0 or mean <= 0:
        raise MethodError("A price must be above 0 for this formula to give a score.")
    return max(0.0, min(100.0, 50 + 100 * (mean - price) / mean))


@dataclass(frozen=True, slots=True)
class Pricing:
    """A formula by its key (lowest, absolute, deviation), with the two ends that a fixed scale needs."""

    formula: str
    floor: float = 0.0
    ceiling: float = 0.0


def price_points(prices: Sequence[float], pricing: Pricing) -> tuple[float, ...]:
    """Points from 0 to 100 for prices of bids that stand together, (n,) pounds to (n,) points.

    Errors: no such formula; prices of 0 or below. Source: the three formulas above.
    """
    if not prices:
        return ()
    if pricing.formula == "absolute":
        return tuple(absolute_scale(one, floor=pricing.floor, ceiling=pricing.ceiling) for one in prices)
    if pricing.formula == "deviation":
        mean = sum(prices) / len(prices)
        return tuple(deviation(one, mean) for one in prices)
    if pricing.formula != "lowest":
        raise MethodError("Choose one of the three formulas.")
    return tuple(score(one, min(prices)) for one in prices)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One bid's quality, price points and their weighed sum, all from 0 to 100."""

    quality: float
    price: float
    total: float


def weighed(
    bids: Sequence[tuple[float, float]], *, price_weight: float, pricing: Pricing
) -> tuple[Weighed, ...]:
    """Each (quality 0-100, price in pounds) as w p + (100 - w) q over 100. With a weight of 0 prices are not read.

    Source: the most advantageous tender by weighed sum, Procurement Act 2023 s19 and s23.
    """
    if not 0 <= price_weight <= 100 or not all(0 <= quality <= 100 for quality, _ in bids):
        raise MethodError("Quality and its weight are from 0 to 100.")
    points = price_points([price for _, price in bids], pricing) if price_weight else (0.0,) * len(bids)
    return tuple(
        Weighed(quality, point, (price_weight * point + (100 - price_weight) * quality) / 100)
        for (quality, _), point in zip(bids, points, strict=True)
    )


def winner(found: Sequence[Weighed]) -> int | None:
    """The place of the highest total; of equals the better quality; None where two are wholly equal or none is.

    Source: a rule of Commonweal's, told to bidders: a tie goes to quality.
    """
    order = sorted(range(len(found)), key=lambda at: (round(found[at].total, 9), found[at].quality), reverse=True)
    if not order:
        return None
    if len(order) > 1:
        first, second = found[order[0]], found[order[1]]
        if round(first.total, 9) == round(second.total, 9) and first.quality == second.quality:
            return None
    return order[0]


def turned_by(
    bids: Sequence[tuple[float, float]], *, price_weight: float, pricing: Pricing
) -> tuple[tuple[int, int], ...]:
    """(a, b): had bid a, which loses, not been made, b would have won. Empty where no loser decides.

    Source: rank reversal as described in the Cabinet Office note of May 2021 on relative scoring.
    """
    best = winner(weighed(bids, price_weight=price_weight, pricing=pricing))
    found = []
    for at in range(len(bids)):
        if best is None or at == best or len(bids) < 3:
            continue
        rest = [one for place, one in enumerate(bids) if place != at]
        now = winner(weighed(rest, price_weight=price_weight, pricing=pricing))
        if now is not None and (now if now < at else now + 1) != best:
            found.append((at, now if now < at else now + 1))
    return tuple(found)


def quality(scores: Sequence[float], weights: Sequence[float], *, top: float = 5.0) -> float:
    """100 x sum(w s) / (top x sum(w)): weighed scores (n,) from 0 to `top` as a number from 0 to 100.

    Errors: lengths that differ, no weight above 0, a score outside its scale. Source: the weighed sum, as in the
    Cabinet Office Bid evaluation guidance note, May 2021.
    """
    total = sum(weights)
    if len(scores) != len(weights) or total <= 0 or min(weights, default=0) < 0:
        raise MethodError("Each score needs a weight of nought or more, and one above nought.")
    if not all(0 <= one <= top for one in scores):
        raise MethodError(f"A score is from 0 to {top:g}.")
    return 100 * sum(weight * one for weight, one in zip(weights, scores, strict=True)) / (top * total)


def far_below(prices: Sequence[float], per_cent: float) -> tuple[bool, ...]:
    """Whether each price is more than `per_cent` below the mean of the others, (n,) pounds to (n,); False alone.

    Errors: a price of 0 or below, a share outside 0 to 100. Source: a screening rule of Commonweal's for what
    Procurement Act 2023 s19(3)(c) lets a buyer disregard; the Act names no share.
    """
    if any(one <= 0 for one in prices) or not 0 < per_cent < 100:
        raise MethodError("A price must be above 0, and the share between 0 and 100.")
    if len(prices) < 2:
        return tuple(False for _ in prices)
    total = sum(prices)
    return tuple(one < (1 - per_cent / 100) * (total - one) / (len(prices) - 1) for one in prices)
