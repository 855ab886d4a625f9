"""Sheets of an .xlsx workbook: its parts by openpyxl, the cells of each sheet by our own capped reader."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel, from_ISO8601

from commonweal.lake.opening.limits import Limits
from commonweal.lake.opening.model import CannotOpen, Sheet
from commonweal.lake.opening.sheet_cells import Grid, Overflow, SheetCells, groups_of
from commonweal.lake.opening.tables import sheet_of


def read_spreadsheet(
    name: str, data: bytes, archive: zipfile.ZipFile, limits: Limits
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Every sheet that holds anything, with remarks on what is hidden or was never calculated."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _sheets(name, data, archive, limits)
    except (CannotOpen, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever a malformed part leads it to
        raise CannotOpen(
            f"“{name}” is a damaged workbook. Open it in a spreadsheet program, save it again and try again."
        ) from error


def read_grids(
    name: str, data: bytes, archive: zipfile.ZipFile, limits: Limits
) -> dict[str, dict[int, tuple[str, ...]]]:
    """Every sheet's cells as they lie, each row by its number in the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parts = _parts(data)
            found = {}
            for title, path, _ in _worksheets(parts, archive)[: limits.sheets]:
                grid = _grid(f"“{name}”, sheet “{title}”,", path, archive, SheetCells(_reader_of(parts), limits))
                numbers = grid.numbers or range(1, len(grid.rows) + 1)
                found[title] = {number: tuple(row) for number, row in zip(numbers, grid.rows, strict=True)}
            return found
    except (CannotOpen, MemoryError):
        raise
    except Exception as error:
        raise CannotOpen(
            f"“{name}” is a damaged workbook. Open it in a spreadsheet program, save it again and try again."
        ) from error


def _sheets(
    name: str, data: bytes, archive: zipfile.ZipFile, limits: Limits
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    parts = _parts(data)
    found: list[Sheet] = []
    remarks: list[str] = []
    cells_left, letters_left = limits.workbook_cells, limits.text_chars
    for title, path, hidden in _worksheets(parts, archive)[: limits.sheets]:
        reader = SheetCells(_reader_of(parts), limits)
        reader.cells_left, reader.letters_left = cells_left, letters_left
        grid = _grid(f"“{name}”, sheet “{title}”,", path, archive, reader)
        cells_left, letters_left = reader.cells_left, reader.letters_left
        if not grid.rows:
            continue
        remarks += _remarks(title, hidden, grid)
        groups = frozenset(groups_of(grid))
        found.append(sheet_of(title, grid.rows, limits=limits, groups=groups, numbers=grid.numbers))
    if not found:
        raise CannotOpen(f"“{name}” has no cells in any of its sheets. Check that it is the right file.")
    return tuple(found), tuple(remarks)


def _parts(data: bytes) -> Any:
    """The workbook's list of sheets, shared words and styles; no sheet is touched, however it is declared."""
    parts = ExcelReader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    parts.read_manifest()
    parts.read_strings()
    parts.read_workbook()
    apply_stylesheet(parts.archive, parts.wb)
    return parts


def _worksheets(parts: Any, archive: zipfile.ZipFile) -> list[tuple[str, str, bool]]:
    """Title, path in the archive, and whether it is hidden, of every sheet of cells."""
    every = ((sheet, rel) for sheet, rel in parts.parser.find_sheets() if "chartsheet" not in rel.Type)
    return [
        (sheet.name, rel.target, sheet.state != "visible")
        for sheet, rel in every if rel.target in archive.NameToInfo
    ]


def _grid(where: str, path: str, archive: zipfile.ZipFile, reader: SheetCells) -> Grid:
    try:
        with archive.open(path) as stream:
            return reader.read(stream)
    except Overflow as error:
        raise CannotOpen(f"{where} has {error}. Save the part you need as .csv and try again.") from error


def _reader_of(parts: Any) -> Callable[[str, str, str], str]:
    """What turns a cell of this workbook into text: its shared words, its date styles and its first day."""
    shared, book = parts.shared_strings, parts.wb
    epoch = book.epoch
    days = frozenset(map(str, book._date_formats))
    spans = frozenset(map(str, book._timedelta_formats))

    def read(kind: str, style: str, written: str) -> str:
        if kind == "s":
            return str(shared[int(written)])
        if kind == "n":
            if style in days or style in spans:
                return _dated(written, epoch, style in spans)
            return number_as_text(written)
        if kind == "b":
            return "TRUE" if written.strip() == "1" else "FALSE"
        return text_of(from_ISO8601(written)) if kind == "d" else written

    return read


def _dated(written: str, epoch: datetime, span: bool) -> str:
    try:
        return text_of(from_excel(float(written), epoch, timedelta=span))
    except (ValueError, OverflowError):
        return number_as_text(written)


def number_as_text(written: str) -> str:
    """A number as a workbook stores it: 12.0 is "12", 1E3 is "1000"; what is no number stays as it is."""
    try:
        return text_of(int(written)) if written.isdecimal() else text_of(float(written))
    except ValueError:
        return written


def text_of(value: object) -> str:
    """A cell's value as text: dates in ISO form, whole numbers without a point, TRUE and FALSE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


def _remarks(title: str, hidden: bool, grid: Grid) -> list[str]:
    said = []
    if hidden:
        said.append(f"Sheet “{title}” is hidden in the workbook; it was read all the same.")
    if grid.unsaved:
        said.append(
            f"Sheet “{title}” has {grid.unsaved:,} formulas whose results were never saved, so their "
            "cells are empty. Open it in a spreadsheet program, save it and try again."
        )
    return said
