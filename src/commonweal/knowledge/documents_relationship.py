"""The agenda of a workshop between a commissioner and a provider: topics, how each is opened, actions so far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from commonweal.core import clock
from commonweal.core.queries.partnerships import PartnershipView
from commonweal.knowledge.queries.relationship import PairView
from commonweal.knowledge.relationship_content import questions
from commonweal.present.document import (
    Block,
    BulletList,
    Document,
    Heading,
    Paragraph,
    Status,
    Strong,
    TableBlock,
)
from commonweal.present.table import DataTable, text_column


def agenda_document(pair: PairView, view: PartnershipView) -> Document:
    """One page; only topics, never a score."""
    topics = pair.drawn[0].topics
    minutes = questions().minutes
    whole = minutes["opening"] + minutes["closing"] + minutes["topic"] * max(len(topics), 1)
    return Document(
        title="How we work together: workshop agenda", subtitle=pair.name,
        status=Status.INVENTED if view.invented else Status.DRAFT, date=clock.today(),
        place=view.places[0].name if view.places else "", blocks=tuple(_blocks(pair)), made_by=view.name,
        brief=True, one_page=True, explain=False,
        summary=f"{whole} minutes, {len(topics)} {'topic' if len(topics) == 1 else 'topics'}.",
    )


def _blocks(pair: PairView) -> Iterable[Block]:
    asked, drawn = questions(), pair.drawn[0]
    yield Paragraph((Strong(f"{asked.minutes['opening']} minutes. "), asked.opening))
    if drawn.topics:
        yield BulletList(tuple(
            (Strong(f"{one.topic} ({asked.minutes['topic']} minutes). "), one.prompt) for one in drawn.topics
        ), numbered=True)
    else:
        yield Paragraph((Strong(f"{asked.minutes['topic']} minutes. "), asked.none))
    if drawn.gone:
        yield Paragraph((f"No longer a topic since last time: {', '.join(drawn.gone).lower()}.",))
    yield Paragraph((Strong(f"{asked.minutes['closing']} minutes. "), asked.closing))
    if pair.actions:
        yield Heading("Actions agreed so far")
        columns = (text_column("What"), text_column("Whose"), text_column("By"), text_column("Done"))
        rows = tuple(
            (one.words, one.owner, _day(one.due), _day(one.done_on) if one.done_on else "Not yet")
            for one in pair.actions
        )
        yield TableBlock(DataTable("Actions agreed so far", columns, rows))
    yield Paragraph((
        f"Topics come from private scores of at least {asked.scorers} people on each side, deleted when they were "
        f"drawn on {_day(drawn.drawn_at.date())}. A topic is here where the sides see it differently, or where "
        "both see it as poor; which, and by how much, is not kept.",
    ))


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
