"""How a Word document looks: every look is a named style, so that a council can change it in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from commonweal.present import palette, typeface
from commonweal.present.word import xml


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style: points, weight, colour, room above and below."""

    name: str
    size: float
    bold: bool = False
    colour: str = palette.INK
    above: float = 0
    below: float = 6
    keep: bool = False
    indent: float = 0
    base: str = "Normal"


LOOKS = (
    Look("Title", 30, bold=True, colour=palette.BRAND, above=0, below=8),
    Look("Subtitle", 15, below=14),
    Look("Heading 1", 18, bold=True, colour=palette.BRAND, above=24, below=8, keep=True),
    Look("Heading 2", 13, bold=True, colour=palette.BRAND, above=16, below=5, keep=True),
    Look("Heading 3", 11.5, bold=True, colour=palette.BRAND, above=12, below=4, keep=True),
    Look("Finding", 12.5, bold=True, above=16, below=4, keep=True, base="Heading 2"),
    Look("Lead", 13, below=10),
    Look("Small", 8.5, colour=palette.GREY_DARK, below=3),
    Look("Status", 10, below=18),
    Look("Caption", 11, bold=True, above=14, below=4, keep=True),
    Look("Picture", 10.5, above=4, below=4),
    Look("Callout Title", 11, bold=True, above=12, below=0, keep=True, indent=0.4),
    Look("Callout", 10.5, below=14, indent=0.4, base="Callout Title"),
    Look("Table Text", 9.5, below=0),
    Look("TOC Heading", 22, bold=True, colour=palette.BRAND, below=14, keep=True),
    Look("TOC 1", 10.5, bold=True, above=8, below=2),
    Look("TOC 2", 10.5, below=2, indent=0.5),
    Look("Source", 10, below=5, indent=0.9),
)


def dress(document: Any) -> None:
    """Page, language and styles."""
    _page(document)
    _defaults(document)
    for look in LOOKS:
        _style(document, look)
    for name in ("List Bullet", "List Number"):
        document.styles[name].paragraph_format.space_after = Pt(4)
    _callout(document)
    _hyperlink(document)
    hanging = document.styles["Source"].paragraph_format
    hanging.first_line_indent = -hanging.left_indent


CLOSE = (  # points, room above and below, of a document that goes on one sheet
    ("Title", 18.0, 0, 0), ("Subtitle", 11.0, 0, 3), ("Heading 1", 11.0, 6, 1), ("Source", 7.0, 0, 0),
    ("List Bullet", 9.0, 0, 1), ("Normal", 9.0, 0, 3),
)


BRIEF = (  # the same, of a document that goes on two
    ("Title", 24.0, 0, 4), ("Subtitle", 13.0, 0, 6), ("Heading 1", 14.0, 12, 4), ("Source", 8.5, 0, 3),
    ("List Bullet", 10.0, 0, 3), ("Normal", 10.0, 0, 5),
)


def set_close(document: Any) -> None:
    """The same looks, so close that a page of text goes on one A4 sheet."""
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Cm(1.3)
    section.left_margin = section.right_margin = Cm(2.2)
    _set(document, CLOSE)


def set_brief(document: Any) -> None:
    """The same looks a little closer, so that two pages stay two."""
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.2)
    section.left_margin = section.right_margin = Cm(2.4)
    _set(document, BRIEF)


def _set(document: Any, looks: tuple[tuple[str, float, float, float], ...]) -> None:
    for name, size, above, below in looks:
        style = document.styles[name]
        style.font.size = Pt(size)
        room = style.paragraph_format
        room.space_before, room.space_after = Pt(above), Pt(below)
        room.line_spacing = 1.0 if looks is CLOSE else 1.1


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.4)
    section.footer_distance = Cm(1.2)
    section.different_first_page_header_footer = True


def _defaults(document: Any) -> None:
    normal = document.styles["Normal"]
    _face(normal, Look("Normal", 10.5))
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    normal.paragraph_format.line_spacing = 1.25
    language = normal.element.get_or_add_rPr()
    language.append(xml.element("w:lang", val="en-GB", eastAsia="en-GB", bidi="en-GB"))
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), "en-GB")


def _face(style: Any, look: Look) -> None:
    font = style.font
    font.name, font.size, font.bold = typeface.FACE, Pt(look.size), look.bold
    font.italic = False
    font.color.rgb = RGBColor.from_string(look.colour.lstrip("#").upper())
    properties = style.element.get_or_add_rPr()
    for spaced in properties.findall(qn("w:spacing")):
        properties.remove(spaced)
    fonts = properties.get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), typeface.FACE)


def _style(document: Any, look: Look) -> None:
    names = {style.name for style in document.styles}
    style = document.styles[look.name] if look.name in names else document.styles.add_style(
        look.name, WD_STYLE_TYPE.PARAGRAPH
    )
    style.base_style = document.styles[look.base] if look.base != look.name else None
    style.hidden, style.quick_style = False, True
    _face(style, look)
    room = style.paragraph_format
    room.space_before, room.space_after = Pt(look.above), Pt(look.below)
    room.keep_with_next = look.keep
    if look.indent:
        room.left_indent = Cm(look.indent)
    if look.size >= 12 or look.size < 10:
        room.line_spacing = 1.1
    borders = style.element.find(qn("w:pPr")).find(qn("w:pBdr")) if style.element.pPr is not None else None
    if borders is not None:
        style.element.pPr.remove(borders)


def _callout(document: Any) -> None:
    """A ground and a rule at the left, on title and words alike, so that Word draws them as one box."""
    for name in ("Callout Title", "Callout"):
        style = document.styles[name].element
        xml.bordered(style, "left", palette.BRAND, 24, 8)
        properties = style.get_or_add_pPr()
        ground = xml.element("w:shd", val="clear", color="auto", fill="EFF5F4")
        properties.find(qn("w:pBdr")).addnext(ground)


def _hyperlink(document: Any) -> None:
    names = {style.name for style in document.styles}
    style = document.styles["Hyperlink"] if "Hyperlink" in names else document.styles.add_style(
        "Hyperlink", WD_STYLE_TYPE.CHARACTER
    )
    style.font.color.rgb = RGBColor.from_string(palette.BRAND.lstrip("#").upper())
    style.font.underline = True
