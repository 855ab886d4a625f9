"""How needs are set out: the strip of four perspectives, and the matrix of all needs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from commonweal.needs.queries.needs import PAGE, NeedCard
from commonweal.needs.support import PerspectiveSupport
from commonweal.present.table import Cell, DataTable, Linked, text_column


@dataclass(frozen=True, slots=True)
class StripCell:
    """One perspective on the strip."""

    title: str
    words: str
    tone: str
    count: str


def strip_rows(strip: tuple[PerspectiveSupport, ...]) -> tuple[StripCell, ...]:
    """The four perspectives with what each says and on how much."""
    return tuple(StripCell(one.title, one.words, one.tone, _count(one.items)) for one in strip)


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a long list stands: "26 to 50 of 2,500", and the pages before and after it."""

    words: str
    before: int | None
    after: int | None


def page_of(asked: str) -> int:
    """The page an address asks for; anything that is no number from 1 is the first."""
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 7 and int(asked) else 1


def pager(every: int, page: int | None) -> Pager | None:
    """Nothing where one page holds everything."""
    if page is None or every <= PAGE:
        return None
    first, last = (page - 1) * PAGE + 1, min(page * PAGE, every)
    if first > every:
        return Pager(f"There are {every:,}, and none so far down.", 1, None)
    return Pager(f"{first:,} to {last:,} of {every:,}", page - 1 or None, page + 1 if last < every else None)


def needs_table(needs: tuple[NeedCard, ...], partnership: UUID) -> DataTable | None:
    """Which perspective stands behind which need."""
    if not needs:
        return None
    columns = (
        text_column("Need"), *(text_column(one.title) for one in needs[0].strip), text_column("How far"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (Linked(card.title, reverse("needs:need", args=[partnership, card.id])),
         *(one.words for one in card.strip), how_far(card))
        for card in needs
    )
    return DataTable("Needs and the four perspectives", columns, rows, key="needs")


def how_far(card: NeedCard) -> str:
    """How far the partners have come with it, in words."""
    label = str(card.state.label)
    if card.state.value != "proposed":
        return label
    said = f"{card.signed} of {card.to_sign} signed"
    return f"{said}, {card.objections} not" if card.objections else said


def _count(items: int) -> str:
    if not items:
        return "no evidence"
    return "1 piece of evidence" if items == 1 else f"{items:,} pieces of evidence"
