"""A table as a page shows it: every cell in words, with the value it sorts by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from commonweal.present import wording
from commonweal.present.table import Cell, Column, DataTable, Linked, Missing, in_order


@dataclass(frozen=True, slots=True)
class HeadView:
    """A heading: `href` sorts by it, `sorted` is aria-sort's word."""

    title: str
    numeric: bool
    href: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell in words."""

    text: str
    sort: str
    numeric: bool
    missing: bool
    href: str = ""
    head: str = ""  # its column's heading, said beside it where a stacked table stands as cards


@dataclass(frozen=True, slots=True)
class TableView:
    """A table ready for a template."""

    caption: str
    heads: tuple[HeadView, ...]
    rows: tuple[tuple[CellView, ...], ...]
    notes: tuple[str, ...]
    source: str
    order: str = ""
    even: bool = False


@dataclass(frozen=True, slots=True)
class SortedTable:
    """A table whose headings sort by link: which column it is in order of, and the address's other parts."""

    table: DataTable
    column: int | None
    descending: bool
    rest: tuple[tuple[str, str], ...] = ()
    key: str = "sort"

    def href(self, column: int) -> str:
        """The address that sorts by a column, or turns its order round."""
        turned = column == self.column and not self.descending
        return "?" + urlencode([*self.rest, (self.key, f"{'-' if turned else ''}{column + 1}")])


def sort_by_request(table: DataTable, params: Mapping[str, str], key: str = "sort") -> SortedTable:
    """The table in the order the address asks for (`?sort=2`, `?sort=-2`); anything else is ignored."""
    asked = params.get(key, "")
    digits = asked.removeprefix("-")
    rest = tuple((name, value) for name, value in params.items() if name not in {key, "page"})
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4 and 1 <= int(digits) <= len(table.columns)):
        return SortedTable(table, None, False, rest, key)
    column, descending = int(digits) - 1, asked.startswith("-")
    return SortedTable(in_order(table, column, descending=descending), column, descending, rest, key)


def cell_text(cell: Cell, column: Column) -> str:
    """A cell in words, in its column's unit."""
    if isinstance(cell, date):
        return f"{cell.day} {cell:%B %Y}"
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if column.unit is not None:
            return wording.plain(cell, column.unit, column.decimals)
        return wording.number(cell, column.decimals)
    return str(cell)


def _sort_value(cell: Cell) -> str:
    if isinstance(cell, Missing):
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _cell(cell: Cell, column: Column) -> CellView:
    return CellView(
        text=cell_text(cell, column),
        sort=_sort_value(cell),
        numeric=column.numeric,
        missing=isinstance(cell, Missing),
        href=cell.href if isinstance(cell, Linked) else "",
        head=column.title,
    )


def _head(number: int, column: Column, order: SortedTable | None) -> HeadView:
    if order is None:
        return HeadView(column.title, column.numeric)
    direction = "descending" if order.descending else "ascending"
    return HeadView(column.title, column.numeric, order.href(number), direction if number == order.column else "")


LINE = 30  # letters: what is longer may break


def column_weights(view: TableView, capacity: int = 92) -> tuple[float, ...]:
    """How wide each column of a printed table is, in letters: no word is cut, and long words get the room left.

    `capacity` is how many letters fit across the page; the widths add up to at least that.
    """
    if view.even:
        return (capacity / len(view.heads),) * len(view.heads)
    least = [_least(view, at) for at in range(len(view.heads))]
    wanted = [max(_wanted(view, at) - low, 0.0) for at, low in enumerate(least)]
    spare = max(capacity - sum(least), 0.0)
    share = min(1.0, spare / sum(wanted)) if any(wanted) else 0.0
    widths = [low + more * share for low, more in zip(least, wanted, strict=True)]
    left = max(capacity - sum(widths), 0.0)
    return tuple(width + left * width / sum(widths) for width in widths)


def _least(view: TableView, at: int) -> float:
    """The longest word of a column, headings being bold and so wider."""
    head = max((len(word) for word in view.heads[at].title.split()), default=0) * 1.15
    words = (len(word) for row in view.rows for word in row[at].text.split())
    return max(head, min(max(words, default=0), 24)) + 2.5


def _wanted(view: TableView, at: int) -> float:
    """The longest cell of a column, up to what reads well; of long words, by how much there is of them."""
    lengths = [len(row[at].text) for row in view.rows]
    longest = max(lengths, default=0)
    if longest > LINE:
        longest = min(max(LINE, round(1.4 * sum(lengths) / len(lengths))), 4 * LINE)
    return max(longest, min(len(view.heads[at].title), 14) * 1.15) + 2.5


def view_of(table: DataTable | SortedTable) -> TableView:
    """The view of a table."""
    order = table if isinstance(table, SortedTable) else None
    data = table.table if isinstance(table, SortedTable) else table
    return TableView(
        caption=data.caption,
        heads=tuple(_head(number, column, order) for number, column in enumerate(data.columns)),
        rows=tuple(
            tuple(_cell(cell, column) for cell, column in zip(row, data.columns, strict=True)) for row in data.rows
        ),
        notes=data.notes,
        source=data.source,
        order=_order_words(order),
        even=data.even,
    )


def _order_words(order: SortedTable | None) -> str:
    """What the caption says of the order."""
    if order is None or order.column is None:
        return ""
    column = order.table.columns[order.column]
    ways = ("smallest first", "largest first") if column.numeric else ("A to Z", "Z to A")
    return f"in order of {column.title}, {ways[order.descending]}"
