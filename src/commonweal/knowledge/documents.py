"""The glossary as a document: agreed meanings first, then every other word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commonweal.core import clock
from commonweal.core.queries.partnerships import PartnershipView
from commonweal.core.viewer import Viewer
from commonweal.knowledge.content import word as text
from commonweal.knowledge.models import TermState
from commonweal.knowledge.pages import letters
from commonweal.knowledge.queries.words import own_words, ruling_of, words_for
from commonweal.knowledge.words import Word
from commonweal.present.document import (
    Block,
    Document,
    Emphasis,
    Heading,
    Inline,
    Paragraph,
    Status,
    Strong,
    SummaryBlock,
)


def glossary_document(viewer: Viewer, view: PartnershipView | None = None) -> Document:
    """The whole glossary, of everybody or of one partnership."""
    words = words_for(viewer, view.id if view else None)
    blocks: list[Block] = [Paragraph((text("lead"),), lead=True)]
    if view is not None:
        blocks += _agreed(viewer, view)
    blocks.append(Heading(text("rest_title")))
    own = {one.slug for one in own_words(viewer, view.id)} if view else set()
    blocks += _by_letter(word for word in words if word.slug not in own)
    invented = bool(view and view.invented)
    return Document(
        title=text("title"), blocks=tuple(blocks), place=view.places[0].name if view and view.places else "",
        subtitle=text("subtitle", partnership=view.name) if view else text("public_subtitle"),
        status=Status.INVENTED if invented else Status.DRAFT, date=clock.today(), explain=False,
        summary=text("summary", count=len(words)), made_by=view.name if view else text("made_by"),
    )


def _agreed(viewer: Viewer, view: PartnershipView) -> Iterator[Block]:
    own = own_words(viewer, view.id)
    agreed = [one.word for one in own if one.agreed and one.state != TermState.RETIRED]
    yield Heading(text("agreed_title"))
    ruling = ruling_of(viewer, view.id)
    rule = ruling.said[:1].lower() + ruling.said[1:]
    said = text("agreed_lead", count=len(agreed), rule=rule) if agreed else text("none_agreed")
    yield Paragraph((said,))
    for word in agreed:
        yield from _entry(word, 2)
    waiting = [one.proposed for one in own if one.open]
    if waiting:
        yield Heading(text("open_title"))
        for word in waiting:
            yield from _entry(word, 2)


def _by_letter(words: Iterable[Word]) -> Iterator[Block]:
    """Words A to Z, each letter a heading, so that no level of headings is left out."""
    for letter in letters(words):
        yield Heading(letter.letter, 2)
        for word in letter.words:
            yield from _entry(word, 3)


def _entry(word: Word, level: int) -> Iterator[Block]:
    """One word: its plain meaning, other forms, and the sectors side by side."""
    yield Heading(word.label, level)
    said: list[Inline] = [word.plain]
    if word.also:
        said += [" ", Emphasis(text("also", forms=", ".join(word.also)))]
    if word.years:
        said += [" ", f"{word.years}."]
    yield Paragraph(tuple(said))
    if word.words:
        yield SummaryBlock(tuple(
            (text("says", sector=cell.title), (Strong(cell.word), f". {cell.meaning}")) for cell in word.words
        ))
