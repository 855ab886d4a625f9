"""The list at the end of a document: what the words of the field in it mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from commonweal.core.viewer import SYSTEM
from commonweal.present.citing import words_of
from commonweal.present.document import (
    Block,
    Callout,
    Cite,
    Document,
    Heading,
    NumberedFinding,
    SummaryBlock,
    TableBlock,
)
from commonweal.present.terms import MOST_IN_A_DOCUMENT, KnownTerm, term_book

TITLE = "Words used"


def with_words_used(document: Document) -> Document:
    """The document with its list of words; a brief one, or one that is a list of words, stays as it is."""
    if document.brief or not document.explain:
        return document
    found = words_used(document)
    if not found:
        return document
    rows = tuple((term.label, (term.plain + (f" (As {term.agreed} agreed it.)" if term.agreed else ""),))
                 for term in sorted(found, key=lambda term: term.label.casefold()))
    return replace(document, blocks=(*document.blocks, Heading(TITLE), SummaryBlock(rows)))


def words_used(document: Document) -> tuple[KnownTerm, ...]:
    """The terms that occur in a document's own text, in the order in which they are first met."""
    book = term_book(SYSTEM, document.partnership)
    found: dict[str, KnownTerm] = {}
    for text in _texts(document):
        for _, term in book.found_in(text):
            if term.marked and len(found) < MOST_IN_A_DOCUMENT:
                found.setdefault(term.key, term)
    return tuple(found.values())


def _texts(document: Document) -> Iterator[str]:
    yield document.summary
    for block in document.blocks:
        yield from _texts_of(block)


def _texts_of(block: Block) -> Iterator[str]:
    """The running text of a block, pieces joined so that a term is not cut in two by a strong word."""
    if isinstance(block, Heading):
        yield block.text
    if isinstance(block, Callout):
        yield block.title
    if isinstance(block, NumberedFinding):
        yield block.headline
    if isinstance(block, TableBlock):
        yield block.table.caption
        yield from (column.title for column in block.table.columns)
    for words in words_of(block):
        yield "".join(
            word if isinstance(word, str) else "" if isinstance(word, Cite) else word.text for word in words
        )
