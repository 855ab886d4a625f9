"""A decision between options as a document: what, why, by whom, on which conditions, and what it stood on."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.options.queries.choice import ChoiceView
from commonweal.present.document import Block, BulletList, Document, Heading, Paragraph, Status, Strong, TableBlock
from commonweal.present.status import long_date
from commonweal.present.table import Cell, DataTable, Linked, Missing, text_column


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


def scores_of(found: ChoiceView) -> DataTable:
    """The scores of the short list as they stood, and the note each rested on."""
    columns = tuple(text_column(name) for name in ("Option", "Criterion", "Score", "Rested on"))
    rows = tuple((one.option, one.criterion, one.words, one.note or Missing("no note")) for one in found.scores)
    return DataTable("Scores, and what they rested on", columns, rows, key="scores")


def pointed_of(found: ChoiceView) -> DataTable | None:
    """What the scores pointed to, each with its page; None where none pointed to anything."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.option, one.criterion, Linked(each.title, each.href) if each.href else Missing(each.title), each.kind,
         each.detail)
        for one in found.scores for each in one.grounds
    )
    columns = tuple(map(text_column, ("Option", "Criterion", "Pointed to", "What it is", "Whose, or where")))
    return DataTable("What the scores pointed to", columns, rows, key="pointed") if rows else None


def _blocks(found: ChoiceView) -> Iterable[Block]:
    yield Paragraph((found.sentence,), lead=True)
    yield from (Paragraph((Strong(line),)) for line in found.marks)
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
        *((Strong("Need: "), f"{one.title}, {one.words}") for one in found.needs),
        *((Strong("Outcome: "), f"{one.title}, {one.words}") for one in found.outcomes),
    ))
    yield TableBlock(criteria_of(found))
    yield TableBlock(scores_of(found))
    pointed = pointed_of(found)
    if pointed is not None:
        yield TableBlock(pointed)
    yield Heading("What was answered first")
    yield BulletList(tuple(
        (Strong(f"{one.title}: "), " ".join(f"{label} {said.rstrip('.')}." for label, said in one.lines))
        for one in found.gates
    ))
    yield Paragraph((f"Fingerprint of what it stood on: {found.digest[:16]}.",))
