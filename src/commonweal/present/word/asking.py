"""Boxes to fill in as Word's own content controls: click, write, and the box grows; a list where one is chosen."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from docx.shared import Cm, Pt

from commonweal.present import palette
from commonweal.present.document import Ask
from commonweal.present.word import tables, xml

LABEL_WIDTH = 5.4  # centimetres
LINE = 15.0  # points of height a line of a box
EDGE = "#484949"
WRITE, CHOOSE, DAY = "Write here", "Choose", "Choose a day"
LONGEST = 64  # letters a control's title may have


def add_asks(document: Any, asks: tuple[Ask, ...]) -> None:
    """Short ones side by side with their label, long ones as a box under it."""
    left = len(asks)
    for long, group in groupby(asks, key=lambda one: one.lines > 1):
        alike = tuple(group)
        left -= len(alike)
        if long:
            for one in alike:
                _long(document, one)
        else:
            _short(document, alike, before_more=left > 0)


def add_blank(paragraph: Any, text: str) -> None:
    """A control within running text."""
    paragraph._p.append(_control(text, "text", (), xml.element("w:sdtContent"), f"[{text}]"))


def _short(document: Any, asks: tuple[Ask, ...], *, before_more: bool) -> None:
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    widths = (Cm(LABEL_WIDTH), Cm(tables.WIDTH - LABEL_WIDTH))
    for one in asks:
        row = table.add_row()
        xml.unsplit(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
        _label(row.cells[0].paragraphs[0], one)
        _fill(row.cells[1], one)
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = before_more
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    gap = xml.paragraph(document, style="Small")
    gap.paragraph_format.keep_with_next = before_more


def _long(document: Any, one: Ask) -> None:
    label = xml.paragraph(document)
    _label(label, one)
    label.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=1)
    table.autofit = False
    table.rows[0].height = Pt(LINE * one.lines)
    table.columns[0].width = table.rows[0].cells[0].width = Cm(tables.WIDTH)
    _fill(table.rows[0].cells[0], one)
    xml.paragraph(document, style="Small")


def _label(paragraph: Any, one: Ask) -> None:
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(4)
    paragraph.add_run(one.label).bold = True
    if one.hint:
        paragraph.add_run().add_break()
        hint = paragraph.add_run(one.hint)
        hint.font.size = Pt(9)


def _fill(cell: Any, one: Ask) -> None:
    for side in ("top", "left", "bottom", "right"):
        xml.cell_rule(cell, side, EDGE, 6)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(4)
    shown = {"choice": CHOOSE, "date": DAY}.get(one.kind, WRITE)
    paragraph._p.append(_control(one.label, one.kind, one.choices, xml.element("w:sdtContent"), shown))


def _control(label: str, kind: str, choices: tuple[str, ...], content: Any, shown: str) -> Any:
    """The control: its title for those who hear it, its kind, and the grey words that go when one writes."""
    control, properties = xml.element("w:sdt"), xml.element("w:sdtPr")
    properties.append(xml.element("w:alias", val=label[:LONGEST]))
    properties.append(xml.element("w:showingPlcHdr"))
    properties.append(_kind(kind, choices))
    run = xml.element("w:r")
    look = xml.element("w:rPr")
    look.append(xml.element("w:color", val=palette.GREY_DARK.lstrip("#")))
    look.append(xml.element("w:shd", val="clear", color="auto", fill="EFF5F4"))
    text = xml.element("w:t")
    text.text = shown
    run.extend((look, text))
    content.append(run)
    control.extend((properties, content))
    return control


def _kind(kind: str, choices: tuple[str, ...]) -> Any:
    if kind == "date":
        made = xml.element("w:date")
        for tag, value in (("dateFormat", "d MMMM yyyy"), ("lid", "en-GB")):
            made.append(xml.element(f"w:{tag}", val=value))
        return made
    if kind == "choice":
        made = xml.element("w:dropDownList")
        for choice in choices:
            made.append(xml.element("w:listItem", displayText=choice, value=choice))
        return made
    return xml.element("w:text", multiLine="1")
