"""A commission's facts as the law is asked about them, and back."""

from __future__ import annotations

from typing import Any

from commonweal.policy.procurement_facts import Facts
from commonweal.procurement.models import Commission

WORDS = ("deal", "buyer", "nation", "what")      # untold where empty
NAMES = tuple(Facts.__dataclass_fields__)


def facts_of(row: Commission) -> Facts:
    """What is told of it; what is empty is untold."""
    told: dict[str, Any] = {name: getattr(row, name) for name in NAMES}
    told |= {name: told[name] or None for name in WORDS}
    return Facts(**told)


def put_facts(row: Commission, facts: Facts) -> None:
    """Write the facts into the record, unsaved."""
    for name in NAMES:
        value = getattr(facts, name)
        setattr(row, name, (value or "") if name in WORDS else value)
