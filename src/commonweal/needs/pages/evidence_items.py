"""How evidence is set out: the four perspectives as cards, and the list as a table to take away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commonweal.needs.models import Perspective
from commonweal.needs.queries.evidence_items import Asking, EvidenceLine, PerspectiveLine
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column


@dataclass(frozen=True, slots=True)
class PerspectiveCard:
    """One perspective: how much was heard, how good, how new; and how to ask where nobody did."""

    key: Perspective
    title: str
    words: str
    tone: str
    count: str
    newest: date | None
    asking: Asking
    missing: bool


def perspective_cards(lines: Iterable[PerspectiveLine]) -> tuple[PerspectiveCard, ...]:
    """The four perspectives, a missing one said to be missing."""
    return tuple(
        PerspectiveCard(
            one.perspective, str(one.perspective.label), "Not asked" if one.missing else f"Best grade {one.best}",
            "orange" if one.missing else "teal", _count(one.items), one.newest, one.asking, one.missing,
        )
        for one in lines
    )


def _count(items: int) -> str:
    if not items:
        return "no evidence"
    return "1 piece of evidence" if items == 1 else f"{items:,} pieces of evidence"


def evidence_headings() -> DataTable:
    """The headings of the list of evidence as a file: its rows are told one by one."""
    columns = (
        text_column("Evidence"), text_column("Whose view"), text_column("Brought by"), text_column("What it is"),
        text_column("Gathered"), number_column("Answered"), text_column("Grade"),
        text_column("Before all partners"), text_column("Withdrawn"),
    )
    return DataTable("Evidence", columns, (), key="evidence")


def evidence_row(one: EvidenceLine) -> tuple[Cell, ...]:
    """A piece with whose it is, when, how many, and its grade."""
    return (
        one.title, str(one.perspective.label), one.whose, one.kind, one.gathered or Missing("not known"),
        Missing("not known") if one.answered is None else one.answered, one.grade.grade.value,
        "yes" if one.placed else "no", one.withdrawn or Missing("no"),
    )
