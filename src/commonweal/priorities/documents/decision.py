"""A decision on priorities as a document: what, why, by whom, and what it stood on."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.present.document import Block, BulletList, Document, Heading, Paragraph, Status, Strong, TableBlock
from commonweal.present.status import long_date
from commonweal.priorities.pages.weighing import decided_table, pieces_table
from commonweal.priorities.queries.decisions import DecisionView


def decision_document(found: DecisionView, *, partnership: str, invented: bool) -> Document:
    """One version."""
    return Document(
        title=found.title, subtitle=f"Decision on priorities, version {found.number}",
        status=Status.INVENTED if invented else Status.AGREED, place=partnership, date=found.decided_on,
        blocks=tuple(_blocks(found)), summary=found.sentence, made_by=partnership, brief=True, explain=False,
    )


def _blocks(found: DecisionView) -> Iterable[Block]:
    yield Paragraph((found.sentence,), lead=True)
    if not found.newest:
        yield Paragraph((Strong("A later version supersedes this one."),))
    yield Heading("What is decided")
    yield BulletList(tuple((one.title,) for one in found.ordered), numbered=True)
    if found.musts:
        names = ", ".join(one.title for one in found.musts)
        yield Paragraph((Strong("To be done whatever the order: "), f"{names}."))
    yield Heading("Why")
    yield Paragraph((found.reasons,))
    yield Heading("Who decided")
    yield Paragraph((f"{found.body}, {long_date(found.decided_on)}: {'; '.join(found.takers)}.",))
    yield Heading("Want and need")
    yield Paragraph((found.answer,))
    yield BulletList(tuple((line,) for line in found.partings))
    yield TableBlock(decided_table(found))
    pieces = pieces_table(found)
    if pieces is not None:
        yield TableBlock(pieces)
    yield Paragraph((f"Fingerprint of what it stood on: {found.digest[:16]}.",))
