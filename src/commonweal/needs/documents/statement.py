"""The joint statement as a document, and the part of it that stands in the chapter of the assessment."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.needs.content import read
from commonweal.needs.queries.statement import SeatSaid, StatedNeed, StatementView
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
from commonweal.present.status import long_date
from commonweal.present.table import DataTable, Missing, text_column


def statement_document(said: StatementView, *, partnership: str, invented: bool) -> Document:
    """The whole statement, with who signed it."""
    words = read("ranking")["statement"]
    status = Status.INVENTED if invented else Status.AGREED if said.agreed else Status.DRAFT
    return Document(
        title=words["title"], subtitle=f"Version {said.number}", status=status, place=partnership,
        date=said.written_at.date(), blocks=tuple(_blocks(said)), summary=words["lead"], made_by=partnership,
        brief=True, explain=False,
    )


def stated_needs(said: StatementView) -> Iterable[Block]:
    """The needs in their order, and what is not agreed."""
    words = read("ranking")["statement"]
    for one in said.needs:
        yield from _need(one)
    yield Paragraph((said.agreement, f" {said.disagreement}"))
    for line in said.missing:
        yield Paragraph((line,))
    if said.not_agreed:
        yield Heading(words["not_agreed"], 2)
        yield BulletList(tuple((Strong(f"{one.title}. "), " ".join(one.objections)) for one in said.not_agreed))


def _blocks(said: StatementView) -> Iterable[Block]:
    words = read("ranking")["statement"]
    yield Paragraph((words["lead"],), lead=True)
    yield Heading(words["needs"])
    yield from stated_needs(said)
    yield Heading(words["how"])
    yield Paragraph((Strong(f"{said.rule}. "), said.method))
    yield BulletList(tuple((line,) for line in said.hangs_on))
    yield Heading(words["signed"])
    yield TableBlock(DataTable(
        words["signed"], (text_column("Organisation"), text_column("Answer")),
        tuple((seat.organisation, _answer(seat)) for seat in said.seats), key="signatures",
    ))


def _need(one: StatedNeed) -> Iterable[Block]:
    yield Heading(f"{one.place}. {one.title}", 2)
    yield Paragraph((one.statement,))
    yield Paragraph((one.how_we_know, f" Version {one.number}, signed by {', '.join(one.signed)}."))
    for held in one.rests_on:
        said = f"Rests on “{held.title}” of {held.owner}, shared under an agreement. It closes with it."
        yield Paragraph((said,))
    for line in one.ended:
        yield Paragraph((line,))


def _answer(seat: SeatSaid) -> str | Missing:
    if seat.signs is None or seat.at is None:
        return Missing("not yet")
    words = f": {seat.words}" if seat.words else ""
    return f"{'Signed' if seat.signs else 'Does not sign'}, {seat.person}, {long_date(seat.at.date())}{words}"
