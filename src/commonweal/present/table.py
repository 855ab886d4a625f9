"""A table of values as pages, documents and workbooks all show it: a caption, headed columns, plain cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commonweal.core.figure import Unit


@dataclass(frozen=True, slots=True)
class Missing:
    """An empty cell that says why: 'not measured', 'suppressed to protect people'."""

    reason: str = "not measured"

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True, slots=True)
class Linked:
    """A cell that leads somewhere on a page; in a document it is its words."""

    text: str
    href: str

    def __str__(self) -> str:
        return self.text


Cell = str | int | float | date | Missing | Linked


class Kind(StrEnum):
    """What a column holds; numbers line up on the right."""

    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a number column with a unit is written in that unit, otherwise with its decimals."""

    title: str
    kind: Kind = Kind.TEXT
    unit: Unit | None = None
    decimals: int = 0
    note: str = ""

    @property
    def numeric(self) -> bool:
        """Whether cells align as numbers."""
        return self.kind is Kind.NUMBER


@dataclass(frozen=True, slots=True)
class DataTable:
    """Rows under a caption; the first column names the row. `key` becomes file and sheet names."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    source: str = ""
    key: str = ""
    even: bool = False  # columns of one width on paper, where none may have more room than another

    def __post_init__(self) -> None:
        width = len(self.columns)
        if not self.caption or not width:
            raise ValueError("a table needs a caption and at least one column")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != width:
                raise ValueError(f"row {number} of {self.caption!r} has {len(row)} cells, not {width}")


def text_column(title: str, note: str = "") -> Column:
    """A column of words."""
    return Column(title, note=note)


def number_column(title: str, unit: Unit | None = None, decimals: int = 0) -> Column:
    """A column of numbers, in a unit where one is given."""
    return Column(title, Kind.NUMBER, unit, decimals)


def in_order(table: DataTable, column: int, *, descending: bool = False) -> DataTable:
    """The same table sorted by one column; cells without a value always come last."""

    def mark(row: Sequence[Cell]) -> tuple[int, float, str]:
        cell = row[column]
        if isinstance(cell, date):
            return (0, cell.toordinal(), "")
        if isinstance(cell, int | float):
            return (0, float(cell), "")
        return (1, 0.0, str(cell).casefold())

    filled = [row for row in table.rows if not isinstance(row[column], Missing)]
    empty = [row for row in table.rows if isinstance(row[column], Missing)]
    rows = (*sorted(filled, key=mark, reverse=descending), *empty)
    return DataTable(table.caption, table.columns, rows, table.notes, table.source, table.key, table.even)
