"""A column as the assistant looks at it: a sample of its cells from the whole length of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from commonweal.lake.assistant.meanings import Meaning
from commonweal.lake.assistant.words import hints
from commonweal.lake.opening.cells import is_marker
from commonweal.lake.opening.model import Sheet
from commonweal.lake.readers.cells import numbers, text

SAMPLE = 2_000


@dataclass(frozen=True)
class Column:
    """A column's header, the number of its rows, and its sampled cells that are neither blank nor a mark."""

    name: str
    rows: int
    cells: tuple[str, ...]
    blank: int

    @cached_property
    def hints(self) -> frozenset[Meaning]:
        """What its header hints at."""
        return hints(self.name)

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The different cells of the sample."""
        return frozenset(self.cells)

    @cached_property
    def values(self) -> tuple[float, ...]:
        """The sampled cells that are numbers."""
        found = numbers(pa.array(self.cells, pa.string())).value
        return tuple(value for value in found.to_pylist() if value is not None)

    def share(self, test: Callable[[str], object]) -> float:
        """The share of the sampled cells that pass a test; 0 where there are none."""
        return sum(1 for cell in self.cells if test(cell)) / len(self.cells) if self.cells else 0.0

    @property
    def numeric(self) -> float:
        """The share of the sampled cells that are numbers."""
        return len(self.values) / len(self.cells) if self.cells else 0.0

    @property
    def unique(self) -> float:
        """The share of the sampled cells that occur once."""
        return len(self.distinct) / len(self.cells) if self.cells else 0.0


def columns_of(sheet: Sheet) -> tuple[Column, ...]:
    """Every column of a sheet, sampled."""
    rows = sheet.table.num_rows
    step = max(1, rows // SAMPLE)
    picked = pa.array(range(0, rows, step), pa.int64())
    sampled = sheet.table.take(picked) if step > 1 else sheet.table
    return tuple(_column(name, rows, sampled.column(at)) for at, name in enumerate(sheet.columns))


def _column(name: str, rows: int, column: pa.ChunkedArray) -> Column:
    if not _is_plain(column.type):
        return Column(name, rows, (), len(column))
    every = text(column).to_pylist()
    cells = tuple(cell for cell in every if not is_marker(cell))
    return Column(name, rows, cells, len(every) - len(cells))


def _is_plain(kind: pa.DataType) -> bool:
    return not (pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind))
