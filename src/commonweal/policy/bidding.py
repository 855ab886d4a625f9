"""The price formulas in common use: how each turns prices into points, what it rewards, and its known flaw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from commonweal.policy.procurement_law import law_content


@dataclass(frozen=True, slots=True)
class Formula:
    """A way to turn prices into points: how, what it rewards, and its known flaw."""

    key: str
    name: str
    words: str
    rewards: str
    flaw: str


@cache
def formulas() -> tuple[Formula, ...]:
    """The three price formulas."""
    return tuple(Formula(**row) for row in law_content("bidding")["formulas"])
