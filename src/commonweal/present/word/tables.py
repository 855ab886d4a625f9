"""Tables in Word: ruled, not boxed; a heading row that repeats; numbers on the right."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from commonweal.present import palette
from commonweal.present.table import DataTable
from commonweal.present.table_view import CellView, TableView, column_weights, view_of
from commonweal.present.word import xml

WIDTH = 15.8  # centimetres of text


def add_table(document: Any, data: DataTable) -> None:
    """A table with its caption above and its notes below."""
    view = view_of(data)
    xml.paragraph(document, view.caption, style="Caption")
    table = document.add_table(rows=1, cols=len(view.heads))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    _describe(table, view)
    _heads(table, view)
    _rows(table, view.rows)
    for row in table.rows[:3]:
        _keep_with_next(row)
    _widths(table, view)
    for note in (*view.notes, *((f"Source: {view.source}",) if view.source else ())):
        xml.paragraph(document, note, style="Small")
    xml.paragraph(document, style="Small")


def _describe(table: Any, view: TableView) -> None:
    """What the table is, for those who hear it; the first row and column are headings."""
    properties = table._tbl.tblPr
    properties.append(xml.element("w:tblCaption", val=view.caption))
    heads = ", ".join(head.title for head in view.heads)
    properties.append(xml.element("w:tblDescription", val=f"{len(view.rows)} rows. Columns: {heads}."))


def _heads(table: Any, view: TableView) -> None:
    row = table.rows[0]
    xml.header_row(row)
    for cell, head in zip(row.cells, view.heads, strict=True):
        _write(cell, head.title, numeric=head.numeric).bold = True
        xml.cell_rule(cell, "bottom", palette.INK, 8)


def _keep_with_next(row: Any) -> None:
    """A heading row never stands alone at the foot of a page."""
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


# The id of the style "Table Text": by its name, Word's whole list of styles is read through for every cell.
TABLE_TEXT = "TableText"


def _rows(table: Any, rows: tuple[tuple[CellView, ...], ...]) -> None:
    """Every row of the body; rows of one pattern are copies of the first of them with other words in."""
    patterns: dict[tuple[tuple[bool, bool], ...], Any] = {}
    for cells in rows:
        pattern = tuple((cell.numeric, cell.missing) for cell in cells)
        plain = all(cell.text and cell.text.isprintable() for cell in cells)
        if not plain:
            _row(table, cells)
        elif pattern not in patterns:
            _row(table, cells)
            patterns[pattern] = table._tbl.tr_lst[-1]
        else:
            made = deepcopy(patterns[pattern])
            for words, cell in zip(made.iter(qn("w:t")), cells, strict=True):
                words.text = cell.text
                words.set(qn("xml:space"), "preserve")
            table._tbl.append(made)


def _row(table: Any, cells: tuple[CellView, ...]) -> None:
    row = table.add_row()
    xml.unsplit(row)
    for place, cell in zip(row.cells, cells, strict=True):
        run = _write(place, cell.text, numeric=cell.numeric)
        run.italic = cell.missing or None
        xml.cell_rule(place, "bottom", "#b8c4c3", 4)


def _write(cell: Any, text: str, *, numeric: bool) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = TABLE_TEXT
    if numeric:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    return paragraph.add_run(text)


def _widths(table: Any, view: TableView) -> None:
    weights = column_weights(view)
    widths = [Cm(WIDTH * weight / sum(weights)) for weight in weights]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width
