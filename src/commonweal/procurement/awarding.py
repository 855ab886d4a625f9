"""What a decision already says of an award, so that nobody types it twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from commonweal.procurement.models import Basis
from commonweal.procurement.queries.decisions import DecisionCard

MOST_WORDS = 600


def winners_of(decision: DecisionCard) -> tuple[str, ...]:
    """Who was chosen, each body of several together by its own name, whoever leads first."""
    named = [name for one in decision.chosen for name in (one.name, *(member.name for member in one.members))]
    return tuple(dict.fromkeys(named))


def basis_of(decision: DecisionCard, deal: str) -> Basis:
    """How it was awarded."""
    if deal == "grant":
        return Basis.GRANT_ASKED if decision.how == "direct" else Basis.GRANT_OPEN
    return Basis.DIRECT if decision.how == "direct" else Basis.OPEN


def sum_of(decision: DecisionCard) -> Decimal | None:
    """What was offered for it, by all who were chosen; None where a price is not known."""
    prices = [one.price for one in decision.chosen]
    return None if not prices or None in prices else sum((one for one in prices if one is not None), Decimal(0))


def start_of(decision: DecisionCard, deal: str) -> dict[str, Any]:
    """What the form of an award begins with."""
    started: dict[str, Any] = {
        "basis": basis_of(decision, deal).value, "decided_on": decision.decided_on,
        "because": decision.reasons[:MOST_WORDS] if decision.how == "direct" else "",
        **{f"name-{at}": name for at, name in enumerate(winners_of(decision), start=1)}}
    if decision.order:
        started["bids"] = len(decision.order)
    if (price := sum_of(decision)) is not None:
        started["net"] = price
    return started


def may_sign(decision: DecisionCard, on: date) -> bool:
    """Whether the standstill is over."""
    return decision.standstill_last is None or on > decision.standstill_last
