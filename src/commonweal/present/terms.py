"""The words that may be explained in place: who knows them says so here, and pages and documents ask here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from commonweal.core.viewer import ANONYMOUS, Viewer
from commonweal.policy.glossary import glossary
from commonweal.present.term_matcher import Match, Matcher

MOST_ON_A_PAGE = 6
MOST_IN_A_DOCUMENT = 24


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """A term as a reader meets it. `marked` ones are marked in running text; `agreed` is whose meaning it is."""

    key: str
    label: str
    plain: str
    forms: tuple[str, ...]
    href: str = ""
    marked: bool = True
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class TermBook:
    """Known terms with a compiled matcher over every way they are written."""

    terms: dict[str, KnownTerm]
    matcher: Matcher

    def found_in(self, text: str) -> Iterator[tuple[Match, KnownTerm]]:
        """Every known term in a text, in order, longest first, never one within another."""
        for match in self.matcher.found_in(text):
            yield match, self.terms[match.key]


Provider = Callable[[Viewer, "UUID | None"], TermBook]

_provider: list[Provider] = []


def book_of(terms: Iterable[KnownTerm]) -> TermBook:
    """A book ready for use."""
    kept = {term.key: term for term in terms}
    return TermBook(kept, Matcher((form, key) for key, term in kept.items() for form in term.forms))


def set_provider(provider: Provider) -> None:
    """Say who knows the words; the stage that keeps them calls this when it is loaded."""
    _provider[:] = [provider]


def term_book(viewer: Viewer = ANONYMOUS, partnership: UUID | None = None) -> TermBook:
    """The words as they are meant here: a partnership's own where it has agreed them, else everybody's."""
    return _provider[0](viewer, partnership) if _provider else seeds()


@cache
def seeds() -> TermBook:
    """What every installation starts from."""
    return book_of(
        KnownTerm(one.id, one.term, one.plain, (one.term, *one.also), marked=not one.everyday)
        for one in glossary().terms.values()
    )
