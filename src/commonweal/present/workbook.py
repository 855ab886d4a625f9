"""Workbooks and CSV: one table a sheet, numbers as numbers, nothing that a spreadsheet would run."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.present.table import DataTable


@dataclass(frozen=True, slots=True)
class Workbook:
    """A contents sheet, notes, then one sheet a table."""

    title: str
    subtitle: str
    notes: tuple[str, ...]
    tables: tuple[DataTable, ...]


def render_workbook(book: Workbook) -> bytes:
    """The workbook as .xlsx bytes."""
    raise NotImplementedError


def render_csv(table: DataTable) -> bytes:
    """The table as CSV bytes that no spreadsheet will run as formulae."""
    raise NotImplementedError
