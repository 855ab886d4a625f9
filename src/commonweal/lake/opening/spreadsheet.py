"""Sheets of an .xlsx workbook by openpyxl, whatever size the file claims them to be."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from commonweal.lake.opening import archives
from commonweal.lake.opening.limits import Limits
from commonweal.lake.opening.model import CannotOpen, Sheet
from commonweal.lake.opening.opendocument import too_many_cells
from commonweal.lake.opening.tables import sheet_of

_UNSAVED = re.compile(rb"</f>\s*(<v\s*/>|<v></v>)?\s*</c>|<f[^>]*/>\s*</c>")
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_MOST_MERGES = 20_000
_EMPTY: tuple[str, ...] = ()


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


def _sheets(
    name: str, data: bytes, archive: zipfile.ZipFile, limits: Limits
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    book: Any = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    found: list[Sheet] = []
    remarks: list[str] = []
    left, chars = limits.workbook_cells, limits.text_chars
    for worksheet in book.worksheets[: limits.sheets]:
        worksheet.reset_dimensions()
        rows, left, chars = _rows(name, worksheet, left=left, chars=chars, limits=limits)
        if not rows:
            continue
        raw = archives.read_member(name, archive, archive.getinfo(worksheet._worksheet_path.lstrip("/")))
        remarks += _remarks(worksheet, raw)
        found.append(sheet_of(worksheet.title, rows, limits=limits, groups=_groups(raw)))
    book.close()
    if not found:
        raise CannotOpen(f"“{name}” has no cells in any of its sheets. Check that it is the right file.")
    return tuple(found), tuple(remarks)


def _rows(
    name: str, worksheet: Any, *, left: int, chars: int, limits: Limits
) -> tuple[list[Sequence[str]], int, int]:
    """Rows as text, without the blank ones at the end, and what is left of the allowance."""
    rows: list[Sequence[str]] = []
    blank = 0
    for values in worksheet.iter_rows(values_only=True):
        row = _row(values)
        if not row:
            blank += 1
            continue
        left -= len(row) + blank
        lengths = [len(cell) for cell in row]
        chars -= sum(lengths)
        if left < 0 or chars < 0:
            raise too_many_cells(name, limits)
        if max(lengths) > limits.cell_chars:
            raise CannotOpen(
                f"“{name}”, sheet “{worksheet.title}”, row {len(rows) + blank + 1:,}, has a cell of "
                f"{max(lengths):,} characters. Take it out and try again."
            )
        rows += [_EMPTY] * blank
        blank = 0
        rows.append(row)
    return rows, left, chars


def _row(values: Sequence[object]) -> Sequence[str]:
    width = len(values)
    while width and (values[width - 1] is None or values[width - 1] == ""):
        width -= 1
    return [value if type(value) is str else text_of(value) for value in values[:width]]


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


def _remarks(worksheet: Any, raw: bytes) -> list[str]:
    said = []
    if worksheet.sheet_state != "visible":
        said.append(f"Sheet “{worksheet.title}” is hidden in the workbook; it was read all the same.")
    unsaved = len(_UNSAVED.findall(raw))
    if unsaved:
        said.append(
            f"Sheet “{worksheet.title}” has {unsaved:,} formulas whose results were never saved, so their cells "
            "are empty. Open it in a spreadsheet program, save it and try again."
        )
    return said


def _groups(raw: bytes) -> frozenset[int]:
    """The rows (from 0) with two groups of cells or more merged across columns, in one row alone."""
    found: Counter[int] = Counter()
    for at, match in enumerate(_MERGE.finditer(raw)):
        if at >= _MOST_MERGES:
            break
        left, top, right, bottom = range_boundaries(match.group(1).decode("ascii"))
        if left is not None and right is not None and top is not None and top == bottom and right > left:
            found[top - 1] += 1
    return frozenset(row for row, times in found.items() if times > 1)
