"""Rows of text cells to a Sheet: header found, empty rows and columns left out, every cell kept as text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import pyarrow as pa

from commonweal.lake.opening.headers import column_names, is_named, joined, needs_group
from commonweal.lake.opening.layout import Layout, find_layout
from commonweal.lake.opening.limits import Limits
from commonweal.lake.opening.model import CannotOpen, Sheet

Row = Sequence[str]
_POSITIONS = 256


def sheet_of(
    name: str,
    rows: Sequence[Row],
    *,
    limits: Limits,
    groups: frozenset[int] = frozenset(),
    numbers: Sequence[int] = (),
) -> Sheet:
    """A sheet from every row of a table.

    `groups` are the rows (from 0) that span columns by merged cells; `numbers` the number of each row in
    the file, where that is not its place in `rows`.
    """
    layout = find_layout(rows)
    header, preamble = header_of(rows, layout, groups)
    body = [(at, row) for at, row in enumerate(rows[layout.data :], layout.data) if any(map(str.strip, row))]
    width = max(filled_width(header), max((filled_width(row) for _, row in body), default=0))
    refuse_size(name, len(body), width, limits)
    table = _table(header, [row for _, row in body], width, headerless=layout.header is None)
    places = [numbers[at] if numbers else at + 1 for at, _ in body]
    first = places[0] if places else _number_after(layout.data, numbers)
    gaps = bool(places) and places[-1] - places[0] + 1 != len(places)
    return Sheet(
        name, table, first, preamble, headerless=layout.header is None, row_numbers=tuple(places) if gaps else ()
    )


def _number_after(row: int, numbers: Sequence[int]) -> int:
    """The number of the row that would come next after a header with nothing beneath it."""
    return numbers[row - 1] + 1 if numbers and row else row + 1


def header_of(
    rows: Sequence[Row], layout: Layout, groups: frozenset[int]
) -> tuple[Row, tuple[tuple[str, ...], ...]]:
    """The header's cells, group rows joined in, and the rows above it."""
    if layout.header is None:
        return (), _preamble(rows[: layout.data])
    header: Row = rows[layout.header]
    top = layout.header
    while top and any(map(str.strip, rows[top - 1])) and (top - 1 in groups or needs_group(rows[top - 1], header)):
        top -= 1
        header = joined(rows[top], header)
    return header, _preamble(rows[:top])


def _preamble(rows: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row[: filled_width(row)]) for row in rows)


def filled_width(row: Row) -> int:
    """The number of cells up to the last that is not empty."""
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def refuse_size(name: str, rows: int, columns: int, limits: Limits) -> None:
    """Refuse a table longer or wider than anything published."""
    if columns > limits.columns:
        raise CannotOpen(
            f"“{name}” has more than {limits.columns:,} columns, the most that can be read. "
            "Check that it was saved with the right separator, or split it, and try again."
        )
    if rows > limits.rows:
        raise CannotOpen(f"“{name}” has more than {limits.rows:,} rows, the most that can be read. Split it.")


def _table(header: Row, body: Sequence[Row], width: int, *, headerless: bool) -> pa.Table:
    names = column_names(header, width)
    columns = list(zip_longest(*(row[:width] for row in body), fillvalue="")) if body else []
    columns += [("",) * len(body)] * (width - len(columns))
    whole = headerless and width <= _POSITIONS  # columns without names are known by where they stand
    kept = [
        at for at in range(width)
        if whole or is_named(header, at) or any(map(str.strip, columns[at]))
    ]
    arrays = [pa.array(columns[at], pa.string()) for at in kept]
    return pa.Table.from_arrays(arrays, names=[names[at] for at in kept])
