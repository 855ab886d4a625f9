"""A decision between options as a document: what, why, by whom, on which conditions, and what it stood on."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.options.queries.choice import ChoiceView
from commonweal.present.document import Block, BulletList, Document, Heading, Paragraph, Status, Strong, TableBlock
from commonweal.present.status import long_date
from commonweal.present.table import DataTable, Missing, text_column


def choice_document(found: ChoiceView, *, partnership: str, invented: bool) -> Document:
    """One version."""
    return Document(
        title=found.title, subtitle=f"Decision between options, version {found.number}",
        status=Status.INVENTED if invented else Status.AGREED, place=partnership, date=found.decided_on,
        blocks=tuple(_blocks(found)), summary=found.sentence, made_by=partnership, brief=True, explain=False,
    )


def criteria_of(found: ChoiceView) -> DataTable:
    """What it was judged by, as it stood."""
    columns = tuple(text_column(name) for name in ("Criterion", "Worst end", "Best end", "Outcome"))
    rows = tuple((title, worst, best, outcome or Missing("none by itself"))
                 for title, worst, best, outcome in found.criteria)
    return DataTable("What options were judged by", columns, rows, key="criteria")


def _blocks(found: ChoiceView) -> Iterable[Block]:
    yield Paragraph((found.sentence,), lead=True)
    if not found.newest:
        yield Paragraph((Strong("A later version supersedes this one."),))
    yield Paragraph((Strong("The question: "), found.question))
    yield Paragraph((found.description,))
    yield Heading("Why")
    yield Paragraph((found.reasons,))
    if found.conditions:
        yield Heading("On these conditions")
        yield Paragraph((found.conditions,))
    yield Heading("Who decided")
    yield Paragraph((f"{found.body}, {long_date(found.decided_on)}: {'; '.join(found.takers)}.",))
    yield Heading("What it stood on")
    yield Paragraph((found.answer,))
    yield BulletList((
        *((Strong("Need: "), f"{title}, version {number}") for _, title, number in found.needs),
        *((Strong("Outcome: "), f"{title}, version {number}") for _, title, number in found.outcomes),
    ))
    yield TableBlock(criteria_of(found))
    yield Heading("What was answered first")
    yield BulletList(tuple(
        (Strong(f"{one.title}: "), " ".join(f"{label} {said.rstrip('.')}." for label, said in one.lines))
        for one in found.gates
    ))
    yield Paragraph((f"Fingerprint of what it stood on: {found.digest[:16]}.",))
