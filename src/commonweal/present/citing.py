"""The numbers of sources in a document: in the order first cited, the rest after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from commonweal.core.figure import SourceRef
from commonweal.present.document import (
    Block,
    BulletList,
    Callout,
    Cite,
    Document,
    Inline,
    NumberedFinding,
    Paragraph,
    SummaryBlock,
    Words,
)


@dataclass(frozen=True, slots=True)
class Citations:
    """Every source once, in the order of its number."""

    sources: tuple[SourceRef, ...]
    numbers: dict[str, int]

    def mark(self, dataset: str) -> str:
        """The mark that stands in the text: [3]."""
        return f"[{self.numbers[dataset]}]"


@dataclass(frozen=True, slots=True)
class Publisher:
    """One publisher's sources: its name, licence and attribution, then each number with title and date."""

    name: str
    lines: tuple[tuple[int, str], ...]


def by_publisher(citations: Citations) -> tuple[Publisher, ...]:
    """The sources a line each under who published them and on what terms; first cited, first named."""
    found: dict[str, list[tuple[int, str]]] = {}
    asked: dict[str, dict[str, None]] = {}  # the words that licences require beside what is used
    for number, source in enumerate(citations.sources, start=1):
        named = source.licence.rstrip(".") in source.attribution  # the words asked for name the licence
        head = ". ".join(part.rstrip(".") for part in (source.publisher, "" if named else source.licence) if part)
        invented = "Invented for the worked example: " if source.invented else ""
        dated = f", {source.published}" if source.published and source.published not in source.title else ""
        found.setdefault(head, []).append((number, f"{invented}{source.title}{dated}"))
        if source.attribution:
            asked.setdefault(head, {})[source.attribution.rstrip(".")] = None
    return tuple(Publisher(". ".join((head, *asked.get(head, ()))), tuple(lines)) for head, lines in found.items())


def citations_of(document: Document) -> Citations:
    """The citations of a whole document; a mark to a source nobody named is a mistake of the writer's."""
    known: dict[str, SourceRef] = {source.dataset: source for source in document.sources}
    order: dict[str, SourceRef] = {}
    for item in _cited((*document.blocks, *document.annex)):
        if isinstance(item, SourceRef):
            order.setdefault(item.dataset, known.get(item.dataset, item))
        elif item.dataset in known:
            order.setdefault(item.dataset, known[item.dataset])
        elif item.dataset not in order:
            raise ValueError(f"the text cites {item.dataset!r}, which is not among the document's sources")
    for source in document.sources:
        order.setdefault(source.dataset, source)
    return Citations(tuple(order.values()), {name: number for number, name in enumerate(order, start=1)})


def _cited(blocks: Iterable[Block]) -> Iterator[Cite | SourceRef]:
    for block in blocks:
        for words in words_of(block):
            yield from (part for part in words if isinstance(part, Cite))
        if isinstance(block, NumberedFinding):
            yield from (figure.source for figure in block.figures)


def words_of(block: Block) -> Iterator[Words]:
    """All running text of a block."""
    if isinstance(block, Paragraph | Callout | NumberedFinding):
        yield block.words
    elif isinstance(block, BulletList):
        yield from block.items
    elif isinstance(block, SummaryBlock):
        yield from (words for _, words in block.rows)


def said(words: Iterable[Inline], citations: Citations) -> str:
    """Running text without its dress."""
    parts = (
        word if isinstance(word, str) else citations.mark(word.dataset) if isinstance(word, Cite) else word.text
        for word in words
    )
    return "".join(parts)
