"""Workbooks: contents, notes, then one table a sheet; numbers as numbers, nothing merged, nothing that runs."""

from __future__ import annotations

import io
import re
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook as new_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo

from commonweal.core.figure import Unit
from commonweal.present import palette
from commonweal.present.guard import printable
from commonweal.present.table import Cell, Column, DataTable, Missing
from commonweal.present.table_view import cell_text

FACE = "Segoe UI"
HEAD_ROW = 4
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class Workbook:
    """A contents sheet, notes, then one sheet a table."""

    title: str
    subtitle: str
    notes: tuple[str, ...]
    tables: tuple[DataTable, ...]
    made_by: str = ""
    date: date | None = None


def render_workbook(book: Workbook) -> bytes:
    """The workbook as .xlsx bytes."""
    file = new_workbook()
    names = sheet_names(book.tables)
    _properties(file, book)
    _contents(file.active, book, names)
    _notes(file.create_sheet("Notes"), book)
    for number, (table, name) in enumerate(zip(book.tables, names, strict=True), start=1):
        _sheet(file.create_sheet(name), table, number)
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


def sheet_names(tables: tuple[DataTable, ...]) -> tuple[str, ...]:
    """A name a sheet, short and different from every other whatever its case."""
    taken = {"contents", "notes", "history"}
    found = []
    for table in tables:
        words = NOT_IN_NAMES.sub(" ", printable(table.key or table.caption)).replace("-", " ").strip() or "Table"
        stem = words[:1].upper() + words[1:]
        name, number = stem[:31].strip(), 2
        while name.casefold() in taken:
            name, number = f"{stem[:27].strip()} {number}", number + 1
        taken.add(name.casefold())
        found.append(name)
    return tuple(found)


def _properties(file: Any, book: Workbook) -> None:
    file.properties.title, file.properties.subject = printable(book.title), printable(book.subtitle)
    file.properties.creator, file.properties.language = printable(book.made_by) or "Commonweal", "en-GB"
    if book.date:
        file.properties.created = file.properties.modified = datetime.combine(book.date, time(12))


def _put(sheet: Any, row: int, column: int, value: Cell, **look: Any) -> Any:
    """A value in a cell; words are always words, never a formula."""
    cell = sheet.cell(row=row, column=column)
    if isinstance(value, int | float | date):
        cell.value = value
    else:
        cell.value = printable(str(value))
        cell.data_type = "s"
    _dress(cell, look)
    return cell


def _dress(cell: Any, look: dict[str, Any]) -> None:
    """Put a look on a cell; cells of one look share it, for a workbook compares every new one with all it has."""
    kept = cell.parent.parent.__dict__.setdefault("commonweal_looks", {})
    key = tuple(sorted(look.items(), key=lambda item: item[0]))
    if key in kept:
        cell._style = copy(kept[key])
        return
    cell.font = Font(name=FACE, size=look.get("size", 10), bold=look.get("bold", False), italic=look.get("italic"),
                     color=look.get("colour", palette.INK).lstrip("#"), underline=look.get("underline"))
    cell.alignment = Alignment(horizontal=look.get("align"), vertical=look.get("vertical", "top"),
                               wrap_text=look.get("wrap", False))
    kept[key] = copy(cell._style)


def _contents(sheet: Any, book: Workbook, names: tuple[str, ...]) -> None:
    sheet.title = "Contents"
    _put(sheet, 1, 1, book.title, size=18, bold=True, colour=palette.BRAND)
    _put(sheet, 2, 1, book.subtitle, size=12)
    _heads(sheet, HEAD_ROW, ("Sheet", "What it holds"), (False, False))
    _linked(sheet, HEAD_ROW + 1, "Notes", "What to know before using the tables")
    for row, (name, table) in enumerate(zip(names, book.tables, strict=True), start=HEAD_ROW + 2):
        _linked(sheet, row, name, table.caption)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    sheet.sheet_view.showGridLines = False


def _linked(sheet: Any, row: int, name: str, words: str) -> None:
    cell = _put(sheet, row, 1, name, colour=palette.BRAND, underline="single")
    cell.hyperlink = f"#'{name}'!A1"
    cell.data_type = "s"
    _put(sheet, row, 2, words, wrap=True)


def _notes(sheet: Any, book: Workbook) -> None:
    _put(sheet, 1, 1, "Notes", size=16, bold=True, colour=palette.BRAND)
    for row, note in enumerate(book.notes, start=3):
        _put(sheet, row, 1, note, wrap=True)
    sheet.column_dimensions["A"].width = 110
    sheet.sheet_view.showGridLines = False


def _sheet(sheet: Any, table: DataTable, number: int) -> None:
    _put(sheet, 1, 1, table.caption, size=14, bold=True, colour=palette.BRAND)
    source = f" Source: {table.source}" if table.source else ""
    _put(sheet, 2, 1, f"This sheet holds one table.{source}", colour=palette.GREY_DARK)
    heads = tuple(column.title for column in table.columns)
    _heads(sheet, HEAD_ROW, heads, tuple(column.numeric for column in table.columns))
    for row, cells in enumerate(table.rows, start=HEAD_ROW + 1):
        for at, (cell, column) in enumerate(zip(cells, table.columns, strict=True), start=1):
            _value(sheet, row, at, cell, column)
    for row, note in enumerate(table.notes, start=HEAD_ROW + len(table.rows) + 2):
        _put(sheet, row, 1, note, colour=palette.GREY_DARK)
    _widths(sheet, table)
    _as_table(sheet, table, number)
    sheet.freeze_panes = sheet.cell(row=HEAD_ROW + 1, column=2)
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _heads(sheet: Any, row: int, heads: tuple[str, ...], numeric: tuple[bool, ...]) -> None:
    for at, (head, number) in enumerate(zip(heads, numeric, strict=True), start=1):
        side = "right" if number else None
        cell = _put(sheet, row, at, head, bold=True, wrap=True, vertical="bottom", align=side)
        cell.fill = PatternFill("solid", fgColor="E3EFED")
        cell.border = Border(bottom=Side(style="medium", color=palette.BRAND.lstrip("#")))


def _value(sheet: Any, row: int, at: int, cell: Cell, column: Column) -> None:
    missing = isinstance(cell, Missing)
    made = _put(sheet, row, at, cell, italic=missing or None, align="right" if column.numeric else None,
                colour=palette.GREY_DARK if missing else palette.INK)
    if isinstance(cell, date):
        made.number_format = "d mmmm yyyy"
    elif isinstance(cell, int | float):
        made.number_format = number_format(column, cell)


def number_format(column: Column, value: float) -> str:
    """How a spreadsheet shows the numbers of a column; the number itself is whole beneath."""
    whole = column.unit in {Unit.PEOPLE, Unit.HOUSEHOLDS, Unit.RANK, Unit.DECILE} or (
        column.unit is Unit.COUNT and float(value).is_integer()
    )
    places = 0 if whole else column.decimals
    digits = "#,##0" + ("." + "0" * places if places else "")
    if column.unit is Unit.PERCENT:
        return f'{digits}"%"'
    return f'"£"{digits}' if column.unit is Unit.POUNDS else digits


def _widths(sheet: Any, table: DataTable) -> None:
    for at, column in enumerate(table.columns, start=1):
        longest = max((len(cell_text(row[at - 1], column)) for row in table.rows), default=0)
        word = max((len(word) for word in column.title.split()), default=0)
        sheet.column_dimensions[get_column_letter(at)].width = min(max(longest, word, 9) + 4, 60)


def _as_table(sheet: Any, table: DataTable, number: int) -> None:
    """Marks the cells as one table, to filter and for screen readers; only where headings differ."""
    heads = [printable(column.title) for column in table.columns]
    if not table.rows or len({head.casefold() for head in heads}) < len(heads) or not all(heads):
        return
    last = f"{get_column_letter(len(heads))}{HEAD_ROW + len(table.rows)}"
    marked = Table(displayName=f"Table{number}", ref=f"A{HEAD_ROW}:{last}")
    marked.tableStyleInfo = TableStyleInfo(name=None, showRowStripes=False)
    sheet.add_table(marked)
