"""A specification as bidders and users read it: the difference, for whom, how it is known, what is required."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.present.document import Block, BulletList, Document, Heading, Paragraph, Status
from commonweal.procurement.queries.commissions import CommissionCard
from commonweal.procurement.queries.specifications import RequirementCard, SpecificationCard, measures_of


def specification_document(card: CommissionCard, spec: SpecificationCard, *, invented: bool) -> Document:
    """The newest version."""
    return Document(
        title=card.title, subtitle=f"Specification, version {spec.number}",
        status=Status.INVENTED if invented else Status.DRAFT, place=card.place, date=clock.today(),
        blocks=tuple(_blocks(card, spec)), summary=spec.difference, made_by=card.buyer, brief=True, explain=False,
    )


def _blocks(card: CommissionCard, spec: SpecificationCard) -> Iterable[Block]:
    for title, words in (("What should be different", spec.difference), ("For whom", spec.people),
                         ("Where", spec.where), ("How it will be known", spec.known),
                         ("Who may be missed, and how to reach them", spec.missed)):
        yield Heading(title)
        yield Paragraph((words,))
    if measures_of(card.tier):
        yield Paragraph((measures_of(card.tier),))
    if spec.requirements:
        yield Heading("What is required")
        yield BulletList(tuple((_line(one),) for one in spec.requirements), numbered=True)


def _line(one: RequirementCard) -> str:
    answers = f" Answers: {one.answers.title}." if one.answers else " Answers nothing that was agreed."
    because = f" Laid down because: {one.because}." if one.because else ""
    return f"{one.words.rstrip('.')}.{answers}{because}"
