"""The words of the trade that a text is checked against: everybody's, and over them a partnership's own."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.urls import reverse

from commonweal.core.viewer import Viewer
from commonweal.knowledge.plain import Jargon
from commonweal.knowledge.queries.words import seed_words, words_for
from commonweal.knowledge.words import Word

SAID_TO_PEOPLE = ("community", "user")
LONGEST_INSTEAD = 40
LONGEST_BRACKET = 140


def jargon_for(viewer: Viewer, partnership: UUID | None = None) -> tuple[Jargon, ...]:
    """Words of the trade as they are meant here; another partnership's are nobody else's business."""
    if partnership is None or partnership not in viewer.partnerships():
        return _seeds()
    return tuple(
        _jargon(word, reverse("knowledge:own-word", args=[partnership, word.slug]))
        for word in words_for(viewer, partnership) if not word.everyday
    )


@cache
def _seeds() -> tuple[Jargon, ...]:
    return tuple(
        _jargon(word, reverse("knowledge:word", args=[word.slug]))
        for word in seed_words().values() if not word.everyday
    )


def _jargon(word: Word, href: str) -> Jargon:
    return Jargon(word.slug, word.label, (word.label, *word.also), word.plain, instead_of(word), href)


def instead_of(word: Word) -> str:
    """What people outside the trade say for it, else the word with its meaning in brackets where that is short."""
    said = {cell.sector: cell.word for cell in word.words}
    for sector in SAID_TO_PEOPLE:
        other = said.get(sector, "")
        if other and len(other) <= LONGEST_INSTEAD and other.casefold() != word.label.casefold():
            return other[:1].lower() + other[1:] if not other[:2].isupper() and other[:2] != "I " else ""
    first = word.plain.split(". ")[0].rstrip(".")
    return f"{word.label} ({first[:1].lower()}{first[1:]})" if len(first) <= LONGEST_BRACKET else ""
