"""What a body does, by the words it uses of itself."""

from __future__ import annotations

import re
from functools import lru_cache

from commonweal.providers.content import read


def titles() -> dict[str, str]:
    """Each class and its words."""
    return {one["key"]: one["title"] for one in read("classes")["classes"]}


def classified(text: str) -> list[str]:
    """The classes whose words a text holds, in the order of the file."""
    lowered = text.casefold()
    return [key for key, pattern in _patterns() if pattern.search(lowered)]


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (one["key"], re.compile(r"\b(?:" + "|".join(re.escape(str(word)) for word in one["words"]) + r")\b"))
        for one in read("classes")["classes"]
    )
