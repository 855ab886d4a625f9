"""The title page, the contents, the footer, and lists that begin again at one."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from commonweal.present import palette, status
from commonweal.present.citing import Citations
from commonweal.present.document import Document, Heading, NumberedFinding
from commonweal.present.word import tables, xml


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents."""

    text: str
    level: int


def headings_of(document: Document, citations: Citations) -> tuple[Entry, ...]:
    """Every heading of the first two levels, in the order they will stand."""
    found = [entry for block in document.blocks if (entry := _entry(block))]
    if citations.sources:
        found.append(Entry("Sources", 1))
    if document.annex:
        found.append(Entry(document.annex_title, 1))
        found += [entry for block in document.annex if (entry := _entry(block))]
    return tuple(found)


def _entry(block: object) -> Entry | None:
    if isinstance(block, NumberedFinding):
        return Entry(f"{block.number}. {block.headline}", 2)
    if isinstance(block, Heading) and block.level <= 2:
        return Entry(block.text, max(block.level, 1))
    return None


def title_page(word: Any, document: Document) -> None:
    """Status first, then the title; place, maker and date at the foot."""
    top = xml.paragraph(word, style="Status")
    top.paragraph_format.space_before = Pt(110)
    top.add_run(f"{status.LABEL[document.status]}. ").bold = True
    top.add_run(status.MEANING[document.status])
    xml.shaded(top, status.GROUND[document.status])
    xml.paragraph(word, document.title, style="Title")
    xml.paragraph(word, document.subtitle, style="Subtitle")
    if document.summary:
        xml.paragraph(word, document.summary, style="Lead")
    foot = word.add_paragraph()
    foot.paragraph_format.space_before = Pt(210)
    xml.bordered(foot._p, "top", palette.BRAND, 18, 10)
    foot.add_run(document.place).bold = True
    for line in filter(None, (document.made_by, status.long_date(document.date))):
        foot.add_run().add_break()
        foot.add_run(line)
    foot.add_run().add_break(WD_BREAK.PAGE)


def masthead(word: Any, document: Document) -> None:
    """The head of a brief document: title, subtitle, status, maker and date, and the text begins below."""
    xml.paragraph(word, document.title, style="Title")
    xml.paragraph(word, document.subtitle, style="Subtitle")
    line = word.add_paragraph()
    line.add_run(f"{status.LABEL[document.status]}. ").bold = True
    made = ", ".join(filter(None, (document.made_by, status.long_date(document.date))))
    line.add_run(f"{status.MEANING[document.status]} {made}.")


def contents(word: Any, entries: tuple[Entry, ...]) -> None:
    """A contents field that shows its entries at once, each a link; Word adds page numbers when it is updated.

    The chief headings alone, as in the PDF; a document that has none of those shows what it has.
    """
    if not entries:
        return
    chief = [number for number, entry in enumerate(entries) if entry.level == 1]
    shown, levels = (chief, '"1-1"') if chief else (list(range(len(entries))), '"1-2"')
    xml.paragraph(word, "Contents", style="TOC Heading")
    last: Any = None
    for number in shown:
        last = xml.paragraph(word, style=f"TOC {entries[number].level}")
        if number == shown[0]:
            xml.begin_field(last, f"TOC \\o {levels} \\h \\z")
        xml.inner_link(last, entries[number].text, f"_Toc{number:06d}")
    xml.end_field(last)
    last.add_run().add_break(WD_BREAK.PAGE)


def footer(word: Any, document: Document) -> None:
    """Title and status at the left, the page at the right; none on the title page."""
    section = word.sections[0]
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Small"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(tables.WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    xml.bordered(paragraph._p, "top", "#b8c4c3", 4, 6)
    paragraph.add_run(f"{document.title}   ")
    mark = paragraph.add_run(status.LABEL[document.status])
    mark.bold = True
    mark.font.color.rgb = RGBColor(11, 12, 12)
    paragraph.add_run("\tPage ")
    xml.field(paragraph, "PAGE", "2")
    paragraph.add_run(" of ")
    xml.field(paragraph, "NUMPAGES", "2")


def restart_numbers(word: Any, paragraph: Any) -> None:
    """A new list of its own, beginning at one."""
    numbering = word.part.numbering_part.element
    style = word.styles["List Number"].element
    known = style.pPr.numPr.numId.val
    first = next(num for num in numbering.num_lst if num.numId == known)
    fresh = numbering.add_num(first.abstractNumId.val)
    override = fresh.add_lvlOverride(ilvl=0)
    override.add_startOverride(1)
    _number(paragraph, fresh.numId)


def same_numbers(word: Any, paragraph: Any) -> None:
    """The next item of the list the paragraph before belongs to."""
    before = word.paragraphs[-2]._p.pPr.find(qn("w:numPr"))
    paragraph._p.get_or_add_pPr().append(copy.deepcopy(before))


def _number(paragraph: Any, identity: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = identity
    properties.get_or_add_ilvl().val = 0
