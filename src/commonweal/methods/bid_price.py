"""What a point of quality is worth in price where bids are weighed by lowest price over price."""

from __future__ import annotations

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
