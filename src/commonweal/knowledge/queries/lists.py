"""A partnership's words, or everybody's, as a list that can go into a file."""

from __future__ import annotations

from commonweal.core.queries.partnerships import PartnershipView
from commonweal.core.viewer import Viewer
from commonweal.knowledge.queries.words import words_for
from commonweal.knowledge.skos.model import Concept, Scheme
from commonweal.knowledge.words import Word


def scheme_for(viewer: Viewer, base: str, view: PartnershipView | None = None) -> Scheme:
    """The list; `base` is the address under which each word has its page."""
    title = f"Words of {view.name}" if view else "Words of commissioning in culture and sport"
    words = words_for(viewer, view.id if view else None)
    return Scheme(base, title, tuple(_concept(word, base) for word in words))


def _concept(word: Word, base: str) -> Concept:
    links = [(link.match, link.uri) for link in word.links]
    if word.concept and ("exact", word.concept) not in links:
        links.append(("exact", word.concept))
    sources = "; ".join(f"{one.title} ({one.publisher}, {one.dated})" for one in word.sources)
    return Concept(
        uri=f"{base}{word.slug}/", label=word.label, plain=word.plain, also=word.also,
        words=tuple((cell.sector, cell.word, cell.meaning) for cell in word.words),
        broader=tuple(f"{base}{slug}/" for slug in word.broader),
        related=tuple(f"{base}{slug}/" for slug in word.related),
        links=tuple((match, uri) for match, uri in links if uri.startswith(("http://", "https://"))),
        source=word.source or sources, id=word.slug,
    )
