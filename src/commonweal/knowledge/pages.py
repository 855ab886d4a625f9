"""What pages of words need beside the words: letters of the alphabet, links between words, the crosswalk table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.urls import reverse

from commonweal.knowledge.words import Word
from commonweal.policy.glossary import glossary
from commonweal.present.table import Cell, DataTable, Linked, Missing, text_column


@dataclass(frozen=True, slots=True)
class Letter:
    """The words under one letter."""

    letter: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class WordLinks:
    """The neighbours of one word that are here."""

    broader: tuple[Word, ...]
    narrower: tuple[Word, ...]
    related: tuple[Word, ...]
    after: tuple[Word, ...]
    before: tuple[Word, ...]


def letters(words: Iterable[Word]) -> tuple[Letter, ...]:
    """Words A to Z under their letters."""
    ordered = sorted(words, key=lambda word: (word.letter, word.label.casefold()))
    return tuple(Letter(letter, tuple(group)) for letter, group in groupby(ordered, key=lambda word: word.letter))


def word_links(word: Word, here: Mapping[str, Word]) -> WordLinks:
    """Above, below, beside, after and before."""
    def named(slugs: Iterable[str]) -> tuple[Word, ...]:
        return tuple(here[slug] for slug in dict.fromkeys(slugs) if slug in here and slug != word.slug)

    beside = (*word.related, *(one.slug for one in here.values() if word.slug in one.related))
    return WordLinks(
        named(word.broader), named(one.slug for one in here.values() if word.slug in one.broader), named(beside),
        named(word.after), named(one.slug for one in here.values() if word.slug in one.after),
    )


def crosswalk_table(words: Iterable[Word], partnership: UUID | None = None) -> DataTable:
    """A row a word, a column a sector; words that fewer than two sectors have their own word for are left out."""
    sectors = glossary().sectors
    rows = []
    for word in words:
        if len(word.words) < 2:
            continue
        said = {cell.sector: cell.word for cell in word.words}
        cells: list[Cell] = [said.get(sector) or Missing("not said") for sector in sectors]
        rows.append((Linked(word.label, address(word.slug, partnership)), *cells))
    columns = (text_column("Word"), *(text_column(title) for title in sectors.values()))
    return DataTable("What each sector says for the same thing", columns, tuple(rows), key="crosswalk")


def address(slug: str, partnership: UUID | None = None) -> str:
    """The page of a word: a partnership's own, or everybody's."""
    if partnership is None:
        return reverse("knowledge:word", args=[slug])
    return reverse("knowledge:own-word", args=[partnership, slug])
