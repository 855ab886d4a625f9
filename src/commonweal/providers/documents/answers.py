"""A group's answers to what forms ask, as a Word file to copy from, with one application's own words first."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.present.document import Block, Callout, Document, Heading, Paragraph, Status, SummaryBlock, Words
from commonweal.providers.queries.answers import Answers
from commonweal.providers.queries.help import ApplicationCard


def answers_document(answers: Answers, card: ApplicationCard | None, *, invented: bool) -> Document:
    """For one application, or for any."""
    return Document(
        title=card.title if card else "Our answers", subtitle=f"Answers of {answers.name}, ready to copy",
        status=Status.INVENTED if invented else Status.DRAFT, place="", date=clock.today(),
        blocks=tuple(_blocks(answers, card)), summary="", made_by=answers.name, brief=True, explain=False,
    )


def _blocks(answers: Answers, card: ApplicationCard | None) -> Iterable[Block]:
    if card is not None:
        rows: list[tuple[str, Words]] = [("To", (card.to,))]
        rows += [("We ask for", (f"£{card.asked:,.0f}",))] if card.asked is not None else []
        rows += [("It must be in by", (f"{card.due:%-d %B %Y}",))] if card.due else []
        rows += [("What will be different", (card.why,))] if card.why else []
        yield SummaryBlock(tuple(rows))
    yield Heading("What forms ask, and our answers")
    known = [one for one in answers.rows if one.known]
    yield SummaryBlock(tuple((one.ask, ("; ".join(one.known),)) for one in known))
    lacking = [one for one in answers.rows if not one.known]
    if lacking:
        yield Heading("Not written yet", 2)
        yield SummaryBlock(tuple((one.ask, (one.unknown,)) for one in lacking))
    if answers.confirmed:
        yield Paragraph((f"Confirmed by {answers.name} on {answers.confirmed:%-d %B %Y}.",))
    yield Callout("Two things not to write", (
        "That your project will change a district's figures, and that everybody in a poor area is poor. "
        "The evidence of need for your place is on its own page, with its sources.",))
