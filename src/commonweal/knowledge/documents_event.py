"""What came of an event, on paper: counts with what they rest on, themes, quotations apart, notes and actions."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.core.queries.partnerships import PartnershipView
from commonweal.knowledge.event_summary import Summary, words
from commonweal.knowledge.queries.events import EventAction, EventLine
from commonweal.present.document import (
    Block,
    BulletList,
    Document,
    Emphasis,
    Heading,
    Paragraph,
    Status,
    TableBlock,
    Words,
)
from commonweal.present.table import DataTable, number_column, text_column


def event_document(
    event: EventLine, summary: Summary, actions: tuple[EventAction, ...], view: PartnershipView
) -> Document:
    """Brief: a draft for whoever hosts it to put right."""
    return Document(
        title=f"{event.title}: what came of it", subtitle=f"{event.kind}, {event.day:%-d %B %Y}",
        status=Status.INVENTED if view.invented else Status.DRAFT, date=clock.today(),
        place=view.places[0].name if view.places else "", made_by=event.host, brief=True, explain=False,
        blocks=tuple(_blocks(summary, actions)), summary=summary.answer,
    )


def _blocks(summary: Summary, actions: tuple[EventAction, ...]) -> Iterable[Block]:
    yield Paragraph((summary.answer,), lead=True)
    if summary.few:
        yield Paragraph((f"Only {summary.answered} answered. That says little about the others.",))
    if actions:
        rows = tuple((one.words, one.owner, f"{one.due:%-d %B %Y}",
                      f"{one.done_on:%-d %B %Y}" if one.done_on else "Late" if one.late else "Not yet")
                     for one in actions)
        columns = (text_column("What"), text_column("Whose"), text_column("By"), text_column("Done"))
        yield Heading("What was agreed")
        yield TableBlock(DataTable("What was agreed", columns, rows))
    if summary.notes:
        yield Heading("What was said")
        points: tuple[Words, ...] = tuple((line,) for line in summary.notes)
        yield BulletList(points)
    if summary.answered:
        yield from _answers(summary)


def _answers(summary: Summary) -> Iterable[Block]:
    yield Heading("What people answered afterwards")
    yield TableBlock(DataTable(words()["questions"]["worth"], (text_column("Answer"), number_column("People")),
                               summary.worth))
    if summary.themes:
        rows = tuple((one.title, one.answers) for one in summary.themes)
        yield TableBlock(DataTable(f"Themes in the words of {summary.answered} answers",
                                   (text_column("Theme"), number_column("Answers")), rows))
        yield Paragraph((f"{summary.method} {summary.unthemed} answers with words fit no theme.",))
    for question, quoted in summary.quotations:
        yield Heading(question, 2)
        said: tuple[Words, ...] = tuple((Emphasis(f"“{text}”"),) for text in quoted)
        yield BulletList(said)
