"""One case study on paper: the answer, what was done and came of it, what is not known, and where it is from."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.knowledge.cases import Case, missing
from commonweal.present.document import (
    Block,
    BulletList,
    Document,
    Heading,
    Paragraph,
    Status,
    Strong,
    SummaryBlock,
    Words,
)


def case_document(case: Case) -> Document:
    """Brief: it heads its own first page."""
    return Document(
        title=case.title, subtitle="Case study", place=case.place, date=clock.today(), brief=True, explain=False,
        status=Status.INVENTED if case.invented else Status.PUBLISHED, blocks=tuple(_blocks(case)),
        summary=case.answer, made_by="Commonweal" if case.known != "own" else case.source.title,
    )


def _blocks(case: Case) -> Iterable[Block]:
    yield Paragraph((case.answer,), lead=True)
    yield SummaryBlock((
        ("Kind of place", (case.kind_title,)), ("When", (case.years,)), ("Services", (case.services_title,)),
        ("Needs", (case.needs_title,)), ("Who ran it", (case.vehicle_title,)),
        ("Money", (case.money or missing("money"),)), ("Who can be asked", (case.contact or missing("contact"),)),
    ))
    yield Heading("What was needed and what was done")
    yield Paragraph((Strong("Needed: "), case.needed or missing("needed")))
    yield from _lines(case.did, missing("did"))
    yield Heading("What came of it")
    yield from _lines(tuple(f"{one.says} Rests on: {one.rests_on}." for one in case.results), missing("results"))
    yield Heading("What did not work")
    yield from _lines(case.failed, missing("failed"))
    yield Heading("What to take from it")
    yield from _lines(case.lessons, missing("did"))
    yield Heading("How much is known")
    yield Paragraph((Strong(f"{case.known_title}. "), case.known_means, " ", case.known_says))
    yield from _lines(tuple(f"Not known: {one}" for one in case.missing), "")
    where = f" {case.source.where}" if case.source.where else ""
    yield Paragraph((f"Source: {case.source.title}.{where} ({case.source.standing}) {case.checked}",))


def _lines(said: tuple[str, ...], nothing: str) -> Iterable[Block]:
    if said:
        points: tuple[Words, ...] = tuple((one,) for one in said)
        yield BulletList(points)
    elif nothing:
        yield Paragraph((nothing.capitalize() + ".",))
