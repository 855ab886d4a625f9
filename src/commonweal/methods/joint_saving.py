"""What partners might save by buying or running something together: a range, and each one's share of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Between:
    """The least and the most of something that is assumed."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError("the least is more than the most")


@dataclass(frozen=True, slots=True)
class Assumed:
    """Pounds for a purchase not run, share of yearly spend, pounds of working together, and for how many years."""

    purchase: Between
    price: Between
    together: Between
    years: int


def joint_saving(spend: Mapping[str, float], assumed: Assumed) -> tuple[Between, dict[str, Between]]:
    """The whole range and each partner's, in pounds over the years assumed; it may be a loss.

    For n partners with yearly spend S_i in pounds, P pounds saved for each purchase not run, r the share of spend
    saved by price, C pounds of working together, T years:

        whole = (n - 1) P + T r sum(S) - C
        one   = (n - 1) / n P + T r S_i - C / n

    The low end takes the least P and r and the most C, the high end the reverse; shares add up to the whole.
    Raises ValueError for fewer than two partners, a spend below nought, or no year.

    Source: Commonweal; an identity over stated assumptions, not an estimate from data.
    """
    count = len(spend)
    if count < 2 or min(spend.values(), default=0) < 0 or assumed.years < 1:
        raise ValueError("it takes two partners or more, spends from nought up, and a year or more")

    def share(yearly: float, purchase: float, price: float, together: float) -> float:
        return (count - 1) / count * purchase + assumed.years * price * yearly - together / count

    shares = {
        name: Between(share(yearly, assumed.purchase.low, assumed.price.low, assumed.together.high),
                      share(yearly, assumed.purchase.high, assumed.price.high, assumed.together.low))
        for name, yearly in spend.items()
    }
    whole = Between(sum(one.low for one in shares.values()), sum(one.high for one in shares.values()))
    return whole, shares
