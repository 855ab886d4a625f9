"""On what ground a commission may be awarded without a competition, from the law's own rows; or why it may not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commonweal.policy.procurement_facts import Facts
from commonweal.policy.procurement_law import MARKS
from commonweal.policy.procurement_rules import answer

DIRECT = ("direct-", "art-2015")
NONE = ("Above the threshold it goes to one supplier only on a ground that the law names. Say under “What is "
        "known of it” which one holds, or let others answer it.")


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground, where it is written and how far that is checked; or the sentence that refuses."""

    key: str
    words: str
    citation: str
    standing: str
    refused: str = ""


def ground_of(facts: Facts, on: date) -> Ground:
    """What lets a commission go to one without a competition.

    A grant or a trade needs no ground in procurement law; below the threshold standing orders decide; above it one
    of the grounds laid down must have been told.
    """
    if facts.deal in ("grant", "trade"):
        words = "A grant or a trade is not bought. Standing orders and subsidy rules still apply."
        return Ground("not-procurement", words, "Procurement Act 2023 s2", MARKS["S"])
    found = answer(facts, on=on)
    if not found.determined:
        lacking = f"It cannot be said whether it may be awarded directly: {', '.join(found.asks)}."
        return Ground("", "", "", "", found.blocked or lacking)
    if found.of("refusal"):
        return Ground("", "", "", "", found.of("refusal")[0].words)
    rule = next((one for one in found.of("route") if one.key.startswith(DIRECT)), None)
    if rule is not None:
        return Ground(rule.key, rule.words, rule.citation, rule.standing)
    if found.above is False:
        return Ground("below", "Below the threshold it may be awarded directly if standing orders let you.",
                      "Procurement Act 2023 ss84-88", MARKS["S"])
    return Ground("", "", "", "", NONE)
