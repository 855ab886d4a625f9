"""What in a pasted text may point at a person, found before the text is kept; a warning, not a guarantee."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an e-mail address", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("a telephone number", re.compile(r"(?<![\w£.,])(?:\+44\s?\(?0?\)?\s?|0)(?:\d[\s-]?){8,9}\d(?!\w)")),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.IGNORECASE)),
    ("a name", re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor|Rev|Sir|Dame)\.?\s+[A-Z][\w'-]+")),
    ("a name", re.compile(r"\b(?:[Mm]y name is|[Ss]igned(?: by)?:?)\s+[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?")),
)


@dataclass(frozen=True, slots=True)
class Personal:
    """One thing found: what it looks like, and where in the text."""

    what: str
    start: int
    end: int


def personal_in(text: str) -> tuple[Personal, ...]:
    """Everything that looks like a name with a title, a telephone number, an e-mail address or a postcode."""
    found = {
        (match.start(), match.end()): Personal(what, match.start(), match.end())
        for what, shape in _SHAPES for match in shape.finditer(text)
    }
    return tuple(found[key] for key in sorted(found))


def warning_for(*texts: str) -> str:
    """A sentence that says what was found, or nothing. It never repeats what it found."""
    kinds = dict.fromkeys(one.what for text in texts for one in personal_in(text))
    if not kinds:
        return ""
    return (
        f"The text seems to hold {', '.join(kinds)}. Take out what could point at a person, "
        "or say that you have checked and it may stay."
    )
