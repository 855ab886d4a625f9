"""An examination to take to a meeting: what still answers a need, what the law allows, what is planned."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.agreements.pages_examining import GROUNDS, audit_table, examined_sentence, ground_words
from commonweal.agreements.queries.examining import Examined
from commonweal.core import clock
from commonweal.policy.changing import changing_as_at
from commonweal.present.document import (
    Block,
    BulletList,
    Document,
    Heading,
    Paragraph,
    Status,
    SummaryBlock,
    TableBlock,
)
from commonweal.present.status import long_date
from commonweal.present.table import DataTable, text_column


def examination_document(found: Examined, place: str, *, invented: bool) -> Document:
    """One examination."""
    return Document(
        title=found.entry.card.title, subtitle="Examined against today's needs",
        status=Status.INVENTED if invented else Status.DRAFT, place=place, date=clock.today(), made_by=place,
        blocks=tuple(_blocks(found)), summary=examined_sentence(found), brief=True, explain=False,
    )


def _blocks(found: Examined) -> Iterable[Block]:
    card = found.entry.card
    yield Paragraph((examined_sentence(found),), lead=True)
    ends = long_date(card.ends) if card.ends else "no end"
    yield SummaryBlock((("Runs", (f"{long_date(card.begins)} to {ends}",)),
                        ("Let under", (card.regime_title or "Not known, or none",)),
                        ("Proposed", (f"{found.proposed.title}. {found.why}",))))
    for rows, what in ((found.clauses, "Clause"), (found.measures, "Measure")):
        if rows:
            yield TableBlock(audit_table(rows, what))
    if found.unserved:
        yield Heading("Agreed needs that it does not answer")
        yield BulletList(tuple((title,) for _, title in found.unserved))
    yield from _law(found)
    if found.breaks:
        yield Heading("When it can be broken")
        yield BulletList(tuple((_break(one.day, one.notice_by, one.words),) for one in found.breaks))
    yield from _plan(found)


def _law(found: Examined) -> Iterable[Block]:
    yield Heading("What the law in force for it allows")
    if found.change:
        yield Paragraph((f"Thought of: {found.change}",))
    yield Paragraph((found.allowed.sentence,))
    if found.allowed.grounds:
        heads = ("Ground", "Holds?", "Why, or what follows", "Where it is written")
        columns = tuple(text_column(one) for one in heads)
        yield TableBlock(DataTable("Every ground", columns, tuple(
            (one.ground.title, GROUNDS[one.standing], ground_words(one),
             f"{one.ground.citation}; {one.ground.standing}") for one in found.allowed.grounds), key="grounds"))
    as_at, review_by = changing_as_at()
    yield Paragraph((f"Grounds as read on {long_date(as_at)}, to be read again by {long_date(review_by)}. This is "
                     "guidance, not legal advice.",))


def _plan(found: Examined) -> Iterable[Block]:
    if found.way is None or found.decided_on is None:
        return
    yield Heading("What is planned")
    yield Paragraph((f"{found.way.title}, chosen on {long_date(found.decided_on)}. {found.because}",))
    columns = (text_column("Step"), text_column("By"), text_column("Done"))
    yield TableBlock(DataTable("The plan", columns, tuple(
        (one.words, one.due_on, one.done_on or "Not yet") for one in found.steps), key="plan"))


def _break(day: object, notice: object, words: str) -> str:
    said = f"{day:%-d %B %Y}: {words}"
    return f"{said}. Notice by {notice:%-d %B %Y}." if notice else said
