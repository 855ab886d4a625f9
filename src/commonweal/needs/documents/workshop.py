"""One page for the workshop: how far partners agree, where they part, what to ask, and who is not heard."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.needs.agreement import Agreement
from commonweal.needs.agreement_words import Told, told
from commonweal.needs.content import read
from commonweal.needs.queries.ranking import RoundView
from commonweal.present.document import (
    Block,
    BulletList,
    Callout,
    Document,
    FigureBlock,
    Heading,
    Paragraph,
    Status,
    Strong,
    TableBlock,
)


def workshop_page(found: RoundView, agreed: Agreement, *, place: str, invented: bool) -> Document:
    """The page, in the words of the round's own page."""
    said = told(agreed)
    words = read("ranking")["workshop"]
    return Document(
        title=words["title"], subtitle=found.card.title, status=Status.INVENTED if invented else Status.DRAFT,
        place=place, date=clock.today(), blocks=tuple(_blocks(said)), summary=said.answer, made_by=place,
        brief=True, one_page=True, explain=False,
    )


def _blocks(said: Told) -> Iterable[Block]:
    words = read("ranking")["workshop"]
    yield Paragraph((Strong(said.answer), f" {said.chance}"))
    yield TableBlock(said.order)
    yield BulletList(tuple((line,) for line in said.sensitivity))
    yield Heading(words["part"])
    yield FigureBlock(said.chart, share=0.5)
    yield Paragraph((said.split,))
    yield Callout(words["ask"], (said.question,))
    yield Heading(words["agenda"])
    yield BulletList(tuple((Strong(f"{one.minutes} minutes. "), one.what) for one in said.agenda), numbered=True)
    if said.missing:
        yield Heading(words["missing"])
        yield BulletList(tuple((line,) for line in said.missing))
    yield Paragraph((said.method,))
