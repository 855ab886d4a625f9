"""A council's standing orders laid over the law: from what value how many quotes, or an advertised competition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Band:
    """What is asked up to a value; the last band has no end."""

    up_to: Decimal | None
    quotes: int
    advertise: bool
    words: str = ""

    @property
    def asks(self) -> str:
        """What it asks, in words."""
        counted = {0: "no quote", 1: "one quote", 2: "two quotes", 3: "three quotes", 4: "four quotes"}
        said = "an advertised competition" if self.advertise else counted.get(self.quotes, f"{self.quotes} quotes")
        return f"{said} ({self.words})" if self.words else said


@dataclass(frozen=True, slots=True)
class StandingOrders:
    """The bands of one organisation, from the lowest, and since when they stand."""

    owner: str
    since: date
    with_vat: bool
    source: str
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class OwnRule:
    """The band that a value falls into, and the lower one that would ask less."""

    orders: StandingOrders
    band: Band
    begins: Decimal
    lower: Band | None

    @property
    def words(self) -> str:
        """The rule as a sentence."""
        end = f" up to £{self.band.up_to:,.0f}" if self.band.up_to is not None else ""
        start = f" from £{self.begins:,.0f}" if self.begins else ""
        vat = "with VAT" if self.orders.with_vat else "without VAT"
        return f"{self.orders.owner} asks for {self.band.asks}{start}{end}{f', {vat}' if start or end else ''}."


def own_rule(orders: StandingOrders, *, net: Decimal, gross: Decimal) -> OwnRule | None:
    """The band for a value: a band holds what is at or under its end."""
    value, begins, lower = gross if orders.with_vat else net, Decimal(0), None
    for band in orders.bands:
        if band.up_to is None or value <= band.up_to:
            return OwnRule(orders, band, begins, lower)
        begins, lower = band.up_to, band
    return None


def faults_of(bands: tuple[Band, ...]) -> str:
    """What is wrong with a table of bands in a sentence, or nothing."""
    if not bands:
        return "Enter one band at least."
    ends = [band.up_to for band in bands]
    if ends[-1] is not None:
        return "Leave the end of the last band empty, so that every value falls into one."
    if None in ends[:-1]:
        return "Only the last band may have no end."
    known = [end for end in ends if end is not None]
    if any(later <= earlier for earlier, later in pairwise(known)):
        return "Each band must end above the one before it."
    heavier = [(band.advertise, band.quotes) for band in bands]
    if heavier != sorted(heavier):
        return "A higher band asks for less than a lower one. Check the table against your standing orders."
    return ""
