"""What the partners agreed, as a section of the chapter and as sheets of the workbook."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.needs.agreed import AgreedNeed, AgreedNeeds, Heard, HeldEvidence, Signed, SignedStatement
from commonweal.needs.assessment import Assessment
from commonweal.needs.content import read
from commonweal.needs.documents.tables import col, num
from commonweal.needs.documents.words import word
from commonweal.present.document import Block, BulletList, Heading, Paragraph, Strong, SummaryBlock
from commonweal.present.status import long_date
from commonweal.present.table import DataTable, Missing, text_column


def note_of(made: Assessment) -> str:
    """Whether anybody has been asked, as far as the assessment goes."""
    if made.agreed and made.agreed.needs:
        return word("agreed_note")
    return word("status_note", place=made.place.name)


def agreed_blocks(agreed: AgreedNeeds | None) -> Iterable[Block]:
    """The section; nothing where the assessment is opened outside a partnership."""
    if agreed is None:
        return
    yield Heading(word("headings.agreed"))
    yield Paragraph((_lead(agreed),), lead=True)
    for need in agreed.needs:
        yield Heading(need.title, 2)
        yield Paragraph((need.statement,))
        yield SummaryBlock(tuple((what, (said,)) for what, said in _rows(need)))
    if agreed.statement:
        yield from _statement(agreed.statement)


def agreed_table(agreed: AgreedNeeds) -> DataTable:
    """A row a need: what is needed, what each perspective says, what speaks for and against it, who signed."""
    asked = [text_column(one.perspective) for one in agreed.needs[0].heard] if agreed.needs else []
    columns = (
        col("name"), col("statement"), num("version"), *asked, col("strongest"), col("grade"), col("rests_on"),
        col("against"), col("signed"),
    )
    rows = tuple(
        (need.title, need.statement, need.number, *(heard_words(one) for one in need.heard),
         *_evidence_cells(need.strongest), need.against or word("agreed.no_against"), names_of(need.signed))
        for need in agreed.needs
    )
    return DataTable(word("workbook.sheets.agreed"), columns, rows, key="agreed-needs")


def statement_table(agreed: AgreedNeeds) -> DataTable:
    """The order of the signed joint statement, with who signed it; empty where there is none."""
    said = agreed.statement
    rows = tuple((at, title) for at, title in enumerate(said.order, start=1)) if said else ()
    notes = () if said is None else (
        _stated(said), said.agreement, said.disagreement, *said.not_agreed, *said.missing
    )
    return DataTable(
        word("workbook.sheets.statement"), (num("place_in_order"), col("name")), rows,
        notes=tuple(note for note in notes if note), key="joint-statement",
    )


def heard_words(one: Heard) -> str:
    """What a perspective says, on how much."""
    key = {0: "no_piece", 1: "piece"}.get(one.items, "pieces")
    return word("agreed.items", says=one.says, items=word(f"agreed.{key}", count=one.items))


def names_of(signed: Iterable[Signed]) -> str:
    """Who signed and when, in one line."""
    return "; ".join(
        ", ".join(part for part in (one.person, one.organisation, long_date(one.on)) if part) for one in signed
    )


def _lead(agreed: AgreedNeeds) -> str:
    count, names = len(agreed.needs), read("wording")["numbers"]
    key = {0: "none", 1: "one"}.get(count, "some")
    said = names[count] if count < len(names) else str(count)
    return word(f"agreed.{key}", partnership=agreed.partnership, count=said)


def _rows(need: AgreedNeed) -> Iterable[tuple[str, str]]:
    yield word("agreed.how"), need.how_we_know
    yield word("agreed.heard"), ". ".join(f"{one.perspective}: {heard_words(one).lower()}" for one in need.heard)
    yield word("agreed.strongest"), strongest_words(need.strongest)
    yield word("agreed.against"), need.against or word("agreed.no_against")
    yield word("agreed.signed"), word("agreed.version", number=need.number, names=names_of(need.signed))


def strongest_words(one: HeldEvidence | None) -> str:
    """The strongest evidence in a line, with its grade."""
    if one is None:
        return word("agreed.no_evidence")
    grade = word("agreed.graded", grade=one.quality.grade) if one.quality else word("agreed.ungraded")
    return f"{one.title} ({one.whose}; {one.rests_on}). {grade} {one.says}"


def _evidence_cells(one: HeldEvidence | None) -> tuple[str | Missing, ...]:
    if one is None:
        return (Missing("none"),) * 3
    grade = one.quality.grade.value if one.quality else Missing("not known")
    return (f"{one.title} ({one.whose}): {one.says}", grade, one.rests_on)


def _statement(said: SignedStatement) -> Iterable[Block]:
    yield Heading(word("agreed.statement"), 2)
    yield Paragraph((f"{_stated(said)} {word('agreed.order')}",))
    yield BulletList(tuple((title,) for title in said.order), numbered=True)
    yield Paragraph((f"{said.agreement} {said.disagreement}",))
    for line in said.missing:
        yield Paragraph((line,))
    if said.not_agreed:
        yield Paragraph((Strong(f"{word('agreed.not_agreed')}:"),))
        yield BulletList(tuple((line,) for line in said.not_agreed))


def _stated(said: SignedStatement) -> str:
    return f"{word('agreed.stated', number=said.number)} {names_of(said.signed)}."
