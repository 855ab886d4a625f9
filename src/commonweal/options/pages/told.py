"""What a page of money says, in one shape that the page, Word, PDF and the workbook all show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commonweal.present.chart import Chart
from commonweal.present.document import (
    Block,
    BulletList,
    Callout,
    Document,
    FigureBlock,
    Heading,
    Paragraph,
    Status,
    TableBlock,
)
from commonweal.present.table import DataTable
from commonweal.present.workbook import Workbook


@dataclass(frozen=True, slots=True)
class Section:
    """One part: its heading, its sentences, a picture and its tables. `apart` is left out of a short paper."""

    heading: str
    words: tuple[str, ...] = ()
    tables: tuple[DataTable, ...] = ()
    chart: Chart | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """The whole: the answer first, then why, then what is not known."""

    title: str
    kind: str
    answer: str
    sections: tuple[Section, ...]
    unknown: tuple[str, ...] = ()


def as_document(told: Told, *, place: str, invented: bool, day: date, short: bool = False) -> Document:
    """The page on paper; `short` keeps it to one sheet."""
    return Document(
        title=told.title, subtitle=told.kind, status=Status.INVENTED if invented else Status.DRAFT, place=place,
        date=day, blocks=tuple(_blocks(told, short)), summary=told.answer, made_by=place, brief=True,
        one_page=short, explain=False,
    )


def as_workbook(told: Told, *, place: str, invented: bool, day: date) -> Workbook:
    """Every table of the page, a sheet each."""
    tables = tuple(table for section in told.sections for table in section.tables)
    notes = [told.answer, *(line for section in told.sections for line in section.words), *told.unknown]
    if invented:
        notes.insert(0, "Invented example: the place and every figure are made up.")
    return Workbook(told.title, f"{told.kind}. {place}", tuple(notes), tables, place, day)


def _blocks(told: Told, short: bool) -> Iterable[Block]:
    yield Paragraph((told.answer,), lead=True)
    for section in told.sections:
        if short and section.apart:
            continue
        yield Heading(section.heading)
        if len(section.words) > 1:
            yield BulletList(tuple((line,) for line in section.words))
        elif section.words:
            yield Paragraph((section.words[0],))
        if section.chart is not None and not short:
            yield FigureBlock(section.chart)
        for table in section.tables:
            yield TableBlock(table)
    if told.unknown:
        yield Callout("What this cannot tell you", (" ".join(told.unknown),))


def pounds(amount: float) -> str:
    """Whole pounds with their mark, a minus before it."""
    whole = round(amount)
    return f"−£{-whole:,}" if whole < 0 else f"£{whole:,}"


def about(amount: float) -> str:
    """Pounds to the nearest thousand, as a paper says them; smaller sums whole."""
    return pounds(round(amount, -3) if abs(amount) >= 10_000 else amount)


def signed(amount: float) -> str:
    """'£500 more', '£500 less', 'the same'."""
    whole = round(amount)
    if not whole:
        return "the same"
    return f"£{abs(whole):,} {'more' if whole > 0 else 'less'}"


def per_cent(share: float) -> str:
    """'12%' of a share of one, 'under 1%' where it is small and not nothing."""
    hundredths = 100 * share
    if 0 < hundredths < 1:
        return "under 1%"
    return f"{hundredths:.0f}%"
