"""Both sides of an ambition on one sheet: made from a whole case, so that there is no sheet with one side."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from commonweal.core.figure import SourceRef
from commonweal.needs.content import read
from commonweal.needs.queries.ambition_case import Case, CaseSide, Kind, Line
from commonweal.needs.wording import fill
from commonweal.present.document import Block, BulletList, Document, Heading, Paragraph, Status, TableBlock
from commonweal.present.table import DataTable, text_column

LONG, NAME = 140, 70  # characters of what one line says on the sheet, and of its title


def ambition_page(case: Case, *, partnership: str, invented: bool) -> Document:
    """The sheet as it stands on the day."""
    card = case.card
    sources = _sources(case)
    return Document(
        title=card.aim, subtitle=f"{card.who}, {card.place_name}. What speaks for it and against it.",
        status=Status.INVENTED if invented else Status.DRAFT, place=card.place_name, date=case.on,
        blocks=tuple(_blocks(case, list(sources))), sources=tuple(sources.values()),
        summary=" ".join(case.summary), made_by=partnership, brief=True, one_page=True, explain=False,
    )


def shown(side: CaseSide) -> tuple[Line, ...]:
    """The lines that go on the sheet: as many of either side at most, the best graded first."""
    return side.lines[: read("ambition")["most"]["paper"]]


def _sources(case: Case) -> dict[str, SourceRef]:
    """The sources of the figures on the sheet, in the order of their numbers."""
    figures = [line.figure for side in case.sides for line in shown(side) if line.figure]
    return {one.source.dataset: one.source for one in figures}


def _blocks(case: Case, sources: list[str]) -> Iterable[Block]:
    words = read("ambition")
    yield Paragraph((" ".join(case.summary),), lead=True)
    yield Paragraph((f"{case.card.said_by}, {case.card.organisation}.",))
    yield TableBlock(DataTable(
        "For and against", tuple(text_column(side.title) for side in case.sides),
        tuple(zip_longest(*(_column(side, sources) for side in case.sides), fillvalue="")),
        key="for-and-against", even=True,
    ))
    if case.unmeasured:
        yield Heading("What nobody has measured")
        yield BulletList(tuple((said,) for said in case.unmeasured))
    yield Heading("What was searched")
    yield Paragraph((" ".join(case.searched), f" {words['page']['research']}"))
    research = [line for side in case.sides for line in shown(side) if line.kind is Kind.RESEARCH]
    if research:
        yield Paragraph((" ".join(f"{line.title}: {line.whose}" for line in research),))


def _column(side: CaseSide, sources: list[str]) -> list[str]:
    """A side from top to bottom; in words where nothing stands on it, or where not all of it goes on the sheet."""
    more = len(side.lines) - len(shown(side))
    said = [_said(line, sources) for line in shown(side)] or [side.sentence]
    return said + ([fill(read("ambition")["page"]["more"], n=more)] if more else [])


def _said(line: Line, sources: list[str]) -> str:
    """One line in a cell: what it is, how far it can be relied on, what it says of the aim."""
    grade = f"grade {line.quality.grade}" if line.quality else "not graded"
    mark = f" [{sources.index(line.figure.source.dataset) + 1}]" if line.figure else ""
    says = _cut(line.brief or line.why, LONG)
    return f"{_cut(line.title, NAME)} ({line.kind.words.lower()}, {grade}). {says}{mark}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} ..."
