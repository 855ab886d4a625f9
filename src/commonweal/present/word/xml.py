"""The parts of Word's own markup that python-docx has no words for."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

AFTER_SHADING = ("w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:spacing", "w:ind",
                 "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:textAlignment", "w:outlineLvl", "w:rPr")


def element(tag: str, /, **attributes: str) -> Any:
    """An element such as `w:shd`; attributes take the w: prefix."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def paragraph(document: Any, text: str = "", *, style: str = "") -> Any:
    """A paragraph at the end, in a style by its id: by its name, Word's whole list of styles is read each time."""
    made = document.add_paragraph(text)
    if style:
        made._p.style = style.replace(" ", "")
    return made


def field(paragraph: Any, code: str, shown: str) -> None:
    """A field with the result it shows until Word works it out afresh."""
    for kind, body in (("begin", ""), ("", code), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run()
        if kind in {"begin", "separate", "end"}:
            run._r.append(element("w:fldChar", fldCharType=kind))
        elif kind == "text":
            run.text = body
        else:
            run._r.append(_instruction(code))


def _instruction(code: str) -> Any:
    made = OxmlElement("w:instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = f" {code} "
    return made


def begin_field(paragraph: Any, code: str) -> None:
    """The opening of a field whose result runs over several paragraphs."""
    for part in (element("w:fldChar", fldCharType="begin"), _instruction(code),
                 element("w:fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(part)


def end_field(paragraph: Any) -> None:
    """The close of such a field."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """A name on a paragraph that links and contents lead to."""
    first = paragraph._p.pPr
    start = element("w:bookmarkStart", id=str(number), name=name)
    if first is None:
        paragraph._p.insert(0, start)
    else:
        first.addnext(start)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def inner_link(paragraph: Any, text: str, target: str, style: str = "") -> None:
    """A link to a bookmark in the same document."""
    link = element("w:hyperlink", anchor=target, history="1")
    run = paragraph.add_run(text, style=style or None)
    link.append(run._r)
    paragraph._p.append(link)


def outer_link(paragraph: Any, text: str, address: str) -> None:
    """A link to an address."""
    relation = paragraph.part.relate_to(
        address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    link.append(paragraph.add_run(text, style="Hyperlink")._r)
    paragraph._p.append(link)


def shaded(paragraph: Any, colour: str) -> None:
    """A ground behind a paragraph."""
    ground = element("w:shd", val="clear", color="auto", fill=colour.lstrip("#"))
    paragraph._p.get_or_add_pPr().insert_element_before(ground, *AFTER_SHADING)


def bordered(target: Any, side: str, colour: str, eighths: int, space: int = 0) -> None:
    """A rule on one side of a paragraph's or style's text."""
    properties = target.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = element("w:pBdr")
        properties.insert_element_before(borders, "w:shd", *AFTER_SHADING)
    borders.append(
        element(f"w:{side}", val="single", sz=str(eighths), space=str(space), color=colour.lstrip("#"))
    )


def cell_rule(cell: Any, side: str, colour: str, eighths: int) -> None:
    """A rule on one side of a table cell."""
    properties = cell._tc.get_or_add_tcPr()
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = element("w:tcBorders")
        properties.append(borders)
    borders.append(element(f"w:{side}", val="single", sz=str(eighths), space="0", color=colour.lstrip("#")))


def header_row(row: Any) -> None:
    """Marks a row as the table's heading, repeated on each page and told by screen readers."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    properties.append(element("w:tblHeader"))


def unsplit(row: Any) -> None:
    """Keeps a row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def describe(inline: Any, number: int, title: str, words: str) -> None:
    """The alternative text of a picture."""
    properties = inline._inline.docPr
    properties.set("id", str(number))
    properties.set("name", f"Picture {number}")
    properties.set("descr", words)
    properties.set("title", title)
