"""What other stages ask of the common language: what words mean, what else they are called, a search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.urls import reverse

from commonweal.core.viewer import ANONYMOUS, Viewer
from commonweal.knowledge.finding import Finder, Named, plain_form
from commonweal.knowledge.models import TermState
from commonweal.knowledge.queries.words import name_of, own_words, seed_words, stamp_of, words_for
from commonweal.knowledge.words import Word
from commonweal.present.terms import KnownTerm, TermBook, book_of

MOST_BOOKS = 32


@dataclass(frozen=True, slots=True)
class Explanation:
    """A term in a text: where it stands, as it is written there, and what it means here."""

    start: int
    end: int
    said: str
    slug: str
    label: str
    plain: str
    agreed: bool
    href: str


@dataclass(frozen=True, slots=True)
class Found:
    """A word that fits a search, and by which of its names it was found."""

    word: Word
    why: str


def explain(viewer: Viewer, text: str, partnership: UUID | None = None) -> tuple[Explanation, ...]:
    """Every known term in a text, in order, as the partnership means it where it has agreed a meaning."""
    book = book_for(viewer, partnership)
    return tuple(
        Explanation(
            match.start, match.end, text[match.start:match.end], term.key, term.label, term.plain,
            bool(term.agreed), term.href,
        )
        for match, term in book.found_in(text)
    )


def synonyms_of(word: str, viewer: Viewer = ANONYMOUS, partnership: UUID | None = None) -> tuple[str, ...]:
    """Everything else a word is called: its label, other forms and each sector's word; nothing for a stranger."""
    asked = plain_form(word)
    names = (_names(words_for(viewer, partnership)) if partnership else _seed_names())
    keys = {name.key for name in names if plain_form(name.name) == asked and name.kind != "sector"}
    keys = keys or {name.key for name in names if plain_form(name.name) == asked}
    found = (name.name for name in names if name.key in keys and plain_form(name.name) != asked)
    return tuple(dict.fromkeys(found))


def search_words(viewer: Viewer, query: str, partnership: UUID | None = None) -> tuple[Found, ...]:
    """The words that fit what was typed, best first."""
    if partnership is None:
        words, finder = seed_words(), _seed_finder()
    else:
        here = words_for(viewer, partnership)
        words, finder = {word.slug: word for word in here}, Finder(_names(here))
    return tuple(Found(words[hit.key], _why(hit.name)) for hit in finder.find(query))


def book_for(viewer: Viewer, partnership: UUID | None = None) -> TermBook:
    """The words as they are meant here; another partnership's are nobody else's business."""
    if partnership is None or not (viewer.system or partnership in viewer.partnerships()):
        return _seed_book()
    stamp = stamp_of(partnership)
    if not stamp[1]:
        return _seed_book()
    held = _BOOKS.get(partnership)
    if held is None or held[0] != stamp:
        if len(_BOOKS) >= MOST_BOOKS:
            _BOOKS.clear()
        held = _BOOKS[partnership] = (stamp, _own_book(viewer, partnership))
    return held[1]


_BOOKS: dict[UUID, tuple[object, TermBook]] = {}


def _own_book(viewer: Viewer, partnership: UUID) -> TermBook:
    """Seeds, and over them what the partnership has agreed; a form that an agreed word takes leaves its seed."""
    name = name_of(partnership)
    agreed = [
        own for own in own_words(viewer, partnership) if own.agreed is not None and own.state != TermState.RETIRED
    ]
    taken = {plain_form(form) for own in agreed for form in (own.word.label, *own.word.also)}
    own_slugs = {own.slug for own in agreed}
    terms = [
        KnownTerm(
            own.slug, own.word.label, own.word.plain, (own.word.label, *own.word.also),
            reverse("knowledge:own-word", args=[partnership, own.slug]), True, name,
        )
        for own in agreed
    ]
    for word in seed_words().values():
        if word.slug not in own_slugs:
            forms = tuple(form for form in (word.label, *word.also) if plain_form(form) not in taken)
            href = reverse("knowledge:own-word", args=[partnership, word.slug])
            terms.append(KnownTerm(word.slug, word.label, word.plain, forms, href, not word.everyday))
    return book_of(terms)


@cache
def _seed_book() -> TermBook:
    return book_of(
        KnownTerm(
            word.slug, word.label, word.plain, (word.label, *word.also),
            reverse("knowledge:word", args=[word.slug]), not word.everyday,
        )
        for word in seed_words().values()
    )


def _names(words: Iterable[Word]) -> tuple[Named, ...]:
    found: list[Named] = []
    for word in words:
        found.append(Named(word.slug, word.label, "own"))
        found += [Named(word.slug, form, "also") for form in word.also]
        found += [Named(word.slug, cell.word, "sector", cell.title) for cell in word.words]
    return tuple(found)


@cache
def _seed_names() -> tuple[Named, ...]:
    return _names(seed_words().values())


@cache
def _seed_finder() -> Finder:
    return Finder(_seed_names())


def _why(name: Named) -> str:
    if name.kind == "also":
        return f"also called “{name.name}”"
    return f"{name.whose} may say “{name.name}”" if name.kind == "sector" else ""
