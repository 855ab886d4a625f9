"""The record of processing activities, and the impact assessment drafted from it, as documents to keep."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.core.queries.processing import ActivityRow, AdviceOnProcessing, Record, installation_impact
from commonweal.policy.sharing_words import sharing_words
from commonweal.present.document import Block, Callout, Document, Heading, Link, Paragraph, Status, SummaryBlock
from commonweal.web.documents.impact_blocks import draft_blocks, said

UNCHECKED = "Bases are suggestions for public bodies, not yet checked here against the text in force."


def record_document(record: Record, *, place: str, invented: bool) -> Document:
    """Article 30: a draft until each controller has gone over it."""
    return Document(
        title="Record of processing activities", subtitle=record.told.law[0], place=place,
        status=_status(invented), date=clock.today(), blocks=tuple(_record(record)),
        made_by="Commonweal, from its tables", brief=True, explain=False,
    )


def processing_impact_document(
    record: Record, advice: tuple[AdviceOnProcessing, ...], *, place: str, invented: bool
) -> Document:
    """Always a draft: the officer advises, and each controller decides."""
    words = sharing_words("installation_impact")
    return Document(
        title=words["title"].format(place=place), subtitle=f"State {record.mark}", place=place,
        status=_status(invented), date=clock.today(), blocks=tuple(_impact(record, advice)),
        made_by="Commonweal, from its tables", brief=True, explain=False,
    )


def processing_advice_lines(advice: tuple[AdviceOnProcessing, ...]) -> tuple[str, ...]:
    """What is recorded, newest first, in sentences; older states of the draft are said to be older."""
    words = sharing_words("installation_impact")
    return tuple(
        said(one, words) + ("" if one.current else " What is told about personal data has changed since.")
        for one in advice
    )


def activity_lines(one: ActivityRow) -> tuple[tuple[str, str], ...]:
    """One activity as questions and answers."""
    return (
        ("What for", one.about.purpose), ("About whom", one.about.whose), ("Kinds of data", ", ".join(one.kinds)),
        ("From where", one.about.source), ("Who sees it", one.about.seen),
        ("Basis, suggested", f"{one.basis.title}, Article {one.basis.article}"), ("How long", one.about.keep),
        ("Rows today", f"{one.held:,}"),
    )


def _status(invented: bool) -> Status:
    return Status.INVENTED if invented else Status.DRAFT


def _record(record: Record) -> Iterable[Block]:
    yield Callout("DRAFT", (
        f"Made from the tables there are. {'' if record.told.checked else UNCHECKED} Add the name and contact of "
        "each controller and of its data protection officer.",
    ))
    yield SummaryBlock((("Security", (record.told.security,)), ("Sent abroad", (record.told.transfers,))))
    for one in record.rows:
        yield Heading(one.about.title, 2)
        yield SummaryBlock(tuple((key, (value or "Nothing",)) for key, value in activity_lines(one)))
    yield Paragraph(("Made after ", Link(*record.told.law), "."))


def _impact(record: Record, advice: tuple[AdviceOnProcessing, ...]) -> Iterable[Block]:
    words = sharing_words("installation_impact")
    yield Callout("DRAFT", (f"{words['draft']} {'' if words['verification'] == 'V' else words['unchecked']}",))
    lines = processing_advice_lines(advice) or (words["advice"]["none"],)
    yield from draft_blocks(installation_impact(record), words, lines)
