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


def flags_of(words: str, asked: str = "") -> tuple[Flag, ...]:
    """Each sort of over-specifying once, with the first words that show it; of long words the first 4,000.

    What the need or outcome says itself, in `asked`, is passed over: whoever specifies did not lay it down.
    """
    found = []
    for key, pattern, why, offer in _patterns():
        hits = (match.group(0) for match in pattern.finditer(words[:4000]))
        hit = next((one for one in hits if not _said_in(asked, one)), None)
        if hit:
            found.append(Flag(key, hit, why, offer))
    return tuple(found)


def _said_in(asked: str, phrase: str) -> bool:
    phrases = r"\s+".join(re.escape(word) for word in phrase.split())
    return re.search(rf"\b{phrases}\b", asked, re.IGNORECASE) is not None
