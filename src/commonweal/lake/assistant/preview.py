"""A few cells of a table nobody knows, masked so that they show what a column holds and nobody in it."""

from __future__ import annotations

import re

from commonweal.lake.assistant.meanings import MEASURED, PERSONAL, Guess, Meaning
from commonweal.lake.opening.model import Sheet

HIDDEN = "hidden"
_WIDTH = 40
_AS_IT_IS = frozenset((
    *MEASURED, Meaning.AREA_CODE, Meaning.AREA_NAME, Meaning.DAY, Meaning.PERIOD, Meaning.LOWER, Meaning.UPPER,
    Meaning.DENOMINATOR, Meaning.INDICATOR, Meaning.UNIT, Meaning.SEX, Meaning.AGE, Meaning.CATEGORY,
    Meaning.EMPTY,
))
_NOT_AT_ALL = PERSONAL | {Meaning.WORDS}
_LETTER = re.compile(r"[^\W\d_]", re.UNICODE)


def preview(sheet: Sheet, guess: Guess, *, rows: int = 4) -> tuple[str, ...]:
    """The first cells of a column, as much as may be shown of it.

    Areas, times, numbers and categories are shown as they are, names and references as shapes ("Xxxxx 99"),
    free text and whatever is about people not at all.
    """
    cells = sheet.table.column(guess.column).slice(0, rows).to_pylist()
    return tuple(_shown("" if cell is None else str(cell), guess.meaning) for cell in cells)


def _shown(cell: str, meaning: Meaning) -> str:
    if meaning in _NOT_AT_ALL:
        return HIDDEN
    short = cell if len(cell) <= _WIDTH else f"{cell[:_WIDTH]}…"
    return short if meaning in _AS_IT_IS else masked(short)


def masked(text: str) -> str:
    """Letters as x or X and digits as 9, so that only the shape is left: "TF1 1AA" is "XX9 9XX"."""
    letters = _LETTER.sub(lambda found: "X" if found.group().isupper() else "x", text)
    return re.sub(r"\d", "9", letters)
