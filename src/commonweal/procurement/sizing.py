"""The tier that a commission's own facts, risks and market propose."""

from __future__ import annotations

from datetime import date

from commonweal.policy.procurement_rules import answer, gross_of
from commonweal.policy.tiers import Proposal, Sizing, proposed_tier
from commonweal.procurement.facts_of import facts_of
from commonweal.procurement.models import Commission


def proposal_of(row: Commission, on: date) -> Proposal | None:
    """None until its value, the day it begins and its market are known."""
    if row.net is None or row.begun is None or not row.able:
        return None
    facts = facts_of(row)
    return proposed_tier(Sizing(
        gross=gross_of(facts), begun=row.begun, years=row.years, above=answer(facts, on=on).above,
        risks=frozenset(row.risks), market=row.able,
    ))
