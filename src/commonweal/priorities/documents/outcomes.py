"""The outcomes of a partnership as a document: the triangle from the top, each with its thread and targets."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.present.document import (
    Block,
    Document,
    FigureBlock,
    Heading,
    Paragraph,
    Status,
    Strong,
    TableBlock,
)
from commonweal.priorities.pages.outcomes import answer_of, side_by_side, target_pictures, triangle
from commonweal.priorities.queries.outcomes import OutcomeCard


def outcomes_document(cards: tuple[OutcomeCard, ...], *, partnership: str, invented: bool) -> Document:
    """Every outcome that stands."""
    return Document(
        title="Outcomes", subtitle="What should be different, for whom, and by when",
        status=Status.INVENTED if invented else Status.DRAFT, place=partnership, date=clock.today(),
        blocks=tuple(_blocks(cards)), summary=answer_of(cards), made_by=partnership, brief=True, explain=False,
    )


def _blocks(cards: tuple[OutcomeCard, ...]) -> Iterable[Block]:
    yield Paragraph((answer_of(cards),), lead=True)
    for tier in triangle(cards):
        if tier.cards:
            yield Heading(f"{tier.level.label} outcomes")
        for card in tier.cards:
            yield from _one(card)


def _one(card: OutcomeCard) -> Iterable[Block]:
    yield Heading(card.title, 2)
    yield Paragraph((card.statement, f" For {card.who}, in {card.where}."))
    needs = ", ".join(f"{one.title}{'' if one.agreed else ' (not agreed yet)'}" for one in card.needs)
    if needs:
        yield Paragraph((Strong("Answers: "), f"{needs}."))
    elif card.orphan:
        yield Paragraph(("It answers no need yet.",))
    if card.above:
        yield Paragraph((Strong("Leads to: "), ", ".join(one.title for one in card.above), "."))
    for one in target_pictures(card):
        yield Paragraph((Strong(f"{one.name}, {one.target.place}. "), one.sentence, f" {one.caution}".rstrip()))
        if one.chart:
            yield FigureBlock(one.chart, with_table=True, share=0.8)
    for table in side_by_side(card):
        yield TableBlock(table)
