"""The theory of change as a document: the picture, and each link with its evidence and reviews."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.present.document import (
    Block,
    BulletList,
    Document,
    FigureBlock,
    Heading,
    Paragraph,
    Status,
    TableBlock,
)
from commonweal.priorities.pages.theory import chains_shown, theory_table
from commonweal.priorities.queries.theory import EvidenceLine, LinkCard, Theory


def theory_document(theory: Theory, *, partnership: str, invented: bool) -> Document:
    """Everything that stands."""
    return Document(
        title="Theory of change", subtitle="How what is done leads to what is different",
        status=Status.INVENTED if invented else Status.DRAFT, place=partnership, date=clock.today(),
        blocks=tuple(_blocks(theory)), summary=theory.answer, made_by=partnership, brief=True, explain=False,
    )


def _blocks(theory: Theory) -> Iterable[Block]:
    yield Paragraph((theory.answer,), lead=True)
    if theory.steps:
        yield Heading("From what is done to what is different")
    for part in chains_shown(theory):
        yield FigureBlock(part.chart)
    if theory.links:
        yield TableBlock(theory_table(theory))
        yield Heading("What each link rests on")
    for one in theory.links:
        yield from _link(one)


def _link(one: LinkCard) -> Iterable[Block]:
    yield Heading(one.name, 2)
    yield Paragraph((f"{one.why} {one.reached.words}. {' '.join(one.reached.reasons)}".strip(),))
    lines = [(said(line),) for line in one.evidence]
    lines += [(f"{each.organisation}: {each.verdict or 'asked, not answered yet'}. {each.words}".strip(),)
              for each in one.reviews]
    if lines:
        yield BulletList(tuple(lines))


def said(line: EvidenceLine) -> str:
    """One piece of evidence in a line."""
    bearing = "for" if line.speaks_for else "against"
    return f"{line.kind}, {bearing}: {line.says} ({line.design.lower()}; {line.source}, {line.year})"
