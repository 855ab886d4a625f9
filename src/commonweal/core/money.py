"""Pounds as the field means them: exact, with VAT basis, price year and financial year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

PENNY = Decimal("0.01")
LIMIT = Decimal("1e12")
_YEAR = re.compile(r"^(\d{4})-(\d{2})$")


class Vat(StrEnum):
    """Whether VAT is in the amount."""

    EXCLUDED = "excluded"
    INCLUDED = "included"
    OUTSIDE = "outside"  # outside the scope of VAT, as most grants are


def financial_year(day: date) -> str:
    """The UK public sector's year (from 1 April) that holds the day, as "2026-27"."""
    first = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def check_year(text: str) -> str:
    """The year back if it is one such as "2026-27"; ValueError with a sentence if not."""
    match = _YEAR.match(text)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ValueError(f"write a financial year as 2026-27, not {text!r}")
    return text


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in pounds. `price_year` is the year whose prices it is in, `year` the year it falls in."""

    pounds: Decimal
    vat: Vat
    price_year: str
    year: str

    def __post_init__(self) -> None:
        if not isinstance(self.pounds, Decimal):
            raise TypeError("pounds are Decimal, never float")
        if not self.pounds.is_finite() or abs(self.pounds) >= LIMIT:
            raise ValueError("an amount must be a number of pounds under a million million")
        if self.pounds != self.pounds.quantize(PENNY):
            raise ValueError("an amount has whole pennies")
        check_year(self.price_year)
        check_year(self.year)

    def plus(self, other: Money) -> Money:
        """The sum; refused where VAT basis, price year or financial year differ."""
        if (self.vat, self.price_year, self.year) != (other.vat, other.price_year, other.year):
            raise ValueError("amounts with different VAT, prices or years cannot be added as they stand")
        return replace(self, pounds=self.pounds + other.pounds)

    def times(self, factor: Decimal) -> Money:
        """The amount scaled, to the nearest penny (halves to even)."""
        return replace(self, pounds=(self.pounds * factor).quantize(PENNY, ROUND_HALF_EVEN))

    def __str__(self) -> str:
        sign = "−" if self.pounds < 0 else ""
        whole = self.pounds == self.pounds.to_integral_value()
        return f"{sign}£{abs(self.pounds):,.{0 if whole else 2}f}"
