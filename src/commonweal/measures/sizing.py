"""Which tier of return fits an agreement: by what is paid for it in a year, as tiers of rigour are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from commonweal.options.models import Agreement
from commonweal.policy.tiers import Sizing, proposed_tier


@dataclass(frozen=True, slots=True)
class ReturnProposal:
    """The tier that fits, and why."""

    tier: int
    why: str
    yearly: Decimal


def proposed_tier_of(agreement: Agreement) -> ReturnProposal:
    """By the most that is paid in any of its years."""
    yearly = max((one.pounds for one in agreement.years.all()), default=Decimal(0))
    found = proposed_tier(Sizing(gross=yearly, begun=agreement.begins))
    tier = found.tier.number
    return ReturnProposal(tier, f"At most £{yearly:,.0f} is paid for it in a year: tier {tier} fits.", yearly)
