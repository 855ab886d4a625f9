"""OpenDocument spreadsheets, streamed, with repeats expanded only where they hold something."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from commonweal.lake.opening import archives
from commonweal.lake.opening.limits import Limits
from commonweal.lake.opening.model import CannotOpen, Sheet
from commonweal.lake.opening.tables import sheet_of

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_MOST_ROWS = 1_048_576


@dataclass(slots=True)
class _Grid:
    """The rows of one sheet as they are read, and how many cells are left to read."""

    name: str
    rows: list[tuple[str, ...]] = field(default_factory=list)
    groups: set[int] = field(default_factory=set)
    blank: int = 0


def read_opendocument(
    name: str, archive: zipfile.ZipFile, limits: Limits
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Every sheet that holds anything, with remarks."""
    if _part(name, archive, "mimetype").strip() != _SPREADSHEET or "content.xml" not in archive.NameToInfo:
        raise CannotOpen(f"“{name}” is not a spreadsheet. Copy its table into one and save it as .xlsx.")
    if b"encryption-data" in _part(name, archive, "META-INF/manifest.xml"):
        raise CannotOpen(f"“{name}” is protected by a password. Remove the password, save it and try again.")
    content = archives.read_member(name, archive, archive.getinfo("content.xml"))
    try:
        grids = list(_grids(name, content, limits))
    except (ParseError, DefusedXmlException) as error:
        raise CannotOpen(f"“{name}” is a damaged workbook. Save it again as .xlsx and try again.") from error
    sheets = tuple(
        sheet_of(one.name, one.rows, limits=limits, groups=frozenset(one.groups)) for one in grids if one.rows
    )
    if not sheets:
        raise CannotOpen(f"“{name}” has no cells in any of its sheets. Check that it is the right file.")
    return sheets, ()


def _part(name: str, archive: zipfile.ZipFile, part: str) -> bytes:
    member = archive.NameToInfo.get(part)
    return archives.read_member(name, archive, member) if member else b""


def _grids(name: str, content: bytes, limits: Limits) -> Iterator[_Grid]:
    left = limits.workbook_cells
    grid: _Grid | None = None
    for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            if element.tag == f"{_TABLE}table":
                grid = _Grid(element.get(f"{_TABLE}name", "Sheet"))
            continue
        if element.tag == f"{_TABLE}table-row" and grid is not None:
            left -= _add_row(grid, element, limits)
            element.clear()
            if left < 0:
                raise too_many_cells(name, limits)
        elif element.tag == f"{_TABLE}table" and grid is not None:
            yield grid
            grid = None
            element.clear()


def too_many_cells(name: str, limits: Limits) -> CannotOpen:
    """The sentence for a workbook with more cells than are read."""
    return CannotOpen(
        f"“{name}” has more than {limits.workbook_cells:,} cells. Save the sheet you need as .csv and try again."
    )


def _add_row(grid: _Grid, element: Any, limits: Limits) -> int:
    """Add a row and its repeats; the number of cells that took."""
    repeats = _whole(element.get(f"{_TABLE}number-rows-repeated"))
    cells, spans = _cells(element, limits)
    if not cells:
        grid.blank = min(grid.blank + repeats, _MOST_ROWS)
        return 0
    if (len(cells) + 1) * repeats > limits.workbook_cells:
        raise too_many_cells(grid.name, limits)
    grid.rows += [()] * grid.blank
    if spans > 1:
        grid.groups.add(len(grid.rows))
    grid.rows += [tuple(cells)] * repeats
    cost = (len(cells) + 1) * repeats + grid.blank
    grid.blank = 0
    return cost


def _cells(row: Any, limits: Limits) -> tuple[list[str], int]:
    cells: list[str] = []
    blank = 0
    spans = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeats = _whole(cell.get(f"{_TABLE}number-columns-repeated"))
        spans += _whole(cell.get(f"{_TABLE}number-columns-spanned")) > 1
        text = _text_of(cell)
        if not text:
            blank += repeats
            continue
        if len(cells) + blank + repeats > limits.columns:
            raise CannotOpen(
                f"A sheet has more than {limits.columns:,} columns. Save the part you need as .csv and try again."
            )
        cells += [""] * blank + [text] * repeats
        blank = 0
    return cells, spans


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 1


def _text_of(cell: Any) -> str:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind in ("float", "percentage", "currency"):
        return _plain(cell.get(f"{_OFFICE}value", ""))
    if kind == "date":
        return str(cell.get(f"{_OFFICE}date-value", "")).removesuffix("T00:00:00")
    if kind == "boolean":
        return str(cell.get(f"{_OFFICE}boolean-value", "")).upper()
    return "\n".join("".join(_words(part)) for part in cell if part.tag == f"{_TEXT}p")


def _plain(number: str) -> str:
    return number.removesuffix(".0")


def _words(part: Any) -> Iterator[str]:
    yield part.text or ""
    for child in part:
        if child.tag == f"{_TEXT}s":
            yield " " * min(_whole(child.get(f"{_TEXT}c")), 100)
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag != f"{_OFFICE}annotation":
            yield from _words(child)
        yield child.tail or ""
