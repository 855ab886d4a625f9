"""Words of a requirement that lay down inputs or methods, and an outcome wording that would leave room."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from commonweal.policy.procurement_law import law_content


@dataclass(frozen=True, slots=True)
class Flag:
    """What was found in the words, why it lays down too much, and what could be said instead."""

    key: str
    found: str
    why: str
    offer: str


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], str, str], ...]:
    rows = law_content("specification")["flags"]
    return tuple((row["key"], re.compile(row["pattern"], re.IGNORECASE), row["why"], row["offer"]) for row in rows)


def flags_of(words: str) -> tuple[Flag, ...]:
    """Each sort of over-specifying once, with the first words that show it; of long words the first 4,000."""
    found = []
    for key, pattern, why, offer in _patterns():
        match = pattern.search(words[:4000])
        if match:
            found.append(Flag(key, match.group(0), why, offer))
    return tuple(found)
