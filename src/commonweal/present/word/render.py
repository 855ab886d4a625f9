"""Puts a document's blocks into Word, in order."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from docx import Document as new_document
from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt

from commonweal.present import provenance, status
from commonweal.present.citing import Citations, by_publisher, citations_of
from commonweal.present.document import (
    AskBlock,
    Blank,
    Block,
    BulletList,
    Callout,
    Cite,
    Document,
    Emphasis,
    FigureBlock,
    Heading,
    Link,
    NumberedFinding,
    PageBreak,
    Paragraph,
    Strong,
    SummaryBlock,
    TableBlock,
    Words,
)
from commonweal.present.guard import cleaned
from commonweal.present.svg import png
from commonweal.present.word import asking, fonts, front, styles, tables, xml
from commonweal.present.words_used import with_words_used

LONGEST = 255  # letters a property of the file may hold
KEY_WIDTH = 4.2  # centimetres, of what is asked in a summary
TALLEST = 19.0  # centimetres, so that a picture and its words share a page


def render_docx(document: Document) -> bytes:
    """The document as .docx bytes."""
    return _Writer(cleaned(with_words_used(document))).written()


class _Writer:
    """One document on its way into Word."""

    def __init__(self, document: Document) -> None:
        self.source = document
        self.citations: Citations = citations_of(document)
        self.word: Any = new_document()
        self.headings = front.headings_of(document, self.citations)
        self.heading = 0
        self.pictures = 0

    def written(self) -> bytes:
        """The whole file."""
        styles.dress(self.word)
        if self.source.one_page:
            styles.set_close(self.word)
        elif self.source.brief:
            styles.set_brief(self.word)
        fonts.embed(self.word)
        self._properties()
        if self.source.brief:
            front.masthead(self.word, self.source)
        else:
            front.title_page(self.word, self.source)
            front.contents(self.word, self.headings)
        front.footer(self.word, self.source)
        for block in self.source.blocks:
            self._add(block)
        self._sources()
        self._annex()
        kept = io.BytesIO()
        self.word.save(kept)
        return kept.getvalue()

    def _properties(self) -> None:
        core, source = self.word.core_properties, self.source
        core.title, core.subject, core.author = (
            words[:LONGEST] for words in (source.title, source.subtitle, source.made_by)
        )
        core.language, core.category = "en-GB", status.LABEL[source.status]
        core.comments, core.keywords = source.summary[:LONGEST], source.place[:LONGEST]
        core.created = core.modified = datetime.combine(source.date, time(12))
        core.last_modified_by = source.made_by[:LONGEST]

    def _add(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block.text, f"Heading {min(max(block.level, 1), 3)}")
            case Paragraph():
                self._write(xml.paragraph(self.word, style="Lead" if block.lead else ""), block.words)
            case BulletList():
                self._list(block)
            case FigureBlock():
                self._figure(block)
            case TableBlock():
                tables.add_table(self.word, block.table)
            case Callout():
                xml.paragraph(self.word, block.title, style="Callout Title")
                self._write(xml.paragraph(self.word, style="Callout"), block.words)
            case NumberedFinding():
                self._finding(block)
            case SummaryBlock():
                self._summary(block)
            case AskBlock():
                asking.add_asks(self.word, block.asks)
            case PageBreak():
                self.word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _heading(self, text: str, style: str) -> None:
        paragraph = xml.paragraph(self.word, text, style=style)
        if style != "Heading 3":
            xml.bookmark(paragraph, f"_Toc{self.heading:06d}", self.heading + 1)
            self.heading += 1

    def _write(self, paragraph: Any, words: Words) -> None:
        for word in words:
            match word:
                case str():
                    paragraph.add_run(word)
                case Strong():
                    paragraph.add_run(word.text).bold = True
                case Emphasis():
                    paragraph.add_run(word.text).italic = True
                case Link():
                    xml.outer_link(paragraph, word.text, word.address)
                case Blank():
                    asking.add_blank(paragraph, word.text)
                case Cite():
                    self._mark(paragraph, word.dataset)

    def _mark(self, paragraph: Any, dataset: str) -> None:
        number = self.citations.numbers[dataset]
        xml.inner_link(paragraph, f"[{number}]", f"source_{number}")

    def _list(self, block: BulletList) -> None:
        style = "List Number" if block.numbered else "List Bullet"
        for number, item in enumerate(block.items):
            paragraph = xml.paragraph(self.word, style=style)
            if block.numbered and number == 0:
                front.restart_numbers(self.word, paragraph)
            self._write(paragraph, item)
            if block.numbered and number:
                front.same_numbers(self.word, paragraph)

    def _figure(self, block: FigureBlock) -> None:
        chart = block.chart
        xml.paragraph(self.word, chart.title, style="Caption")
        sentence = self.word.add_paragraph(chart.sentence)
        sentence.paragraph_format.keep_with_next = True
        place = xml.paragraph(self.word, style="Picture")
        place.paragraph_format.keep_with_next = bool(chart.source)
        picture = place.add_run().add_picture(io.BytesIO(png(chart)), width=Cm(tables.WIDTH * block.share))
        if picture.height > Cm(TALLEST):
            picture.width, picture.height = int(picture.width * Cm(TALLEST) / picture.height), Cm(TALLEST)
        self.pictures += 1
        xml.describe(picture, self.pictures, chart.title, chart.alt or chart.sentence)
        if chart.source:
            xml.paragraph(self.word, f"Source: {chart.source}", style="Small")
        if block.with_table:
            tables.add_table(self.word, chart.table)

    def _finding(self, block: NumberedFinding) -> None:
        self._heading(f"{block.number}. {block.headline}", "Finding")
        if block.words:
            self._write(self.word.add_paragraph(), block.words)
        for figure in block.figures:
            paragraph = xml.paragraph(self.word, f"{provenance.in_brief(figure)} ", style="Small")
            self._mark(paragraph, figure.source.dataset)

    def _summary(self, block: SummaryBlock) -> None:
        table = self.word.add_table(rows=0, cols=2)
        table.autofit = False
        widths = (Cm(KEY_WIDTH), Cm(tables.WIDTH - KEY_WIDTH))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for what, words in block.rows:
            row = table.add_row()
            xml.unsplit(row)
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
                cell.paragraphs[0].style = "Table Text"
                cell.paragraphs[0].paragraph_format.space_before = Pt(4)
                cell.paragraphs[0].paragraph_format.space_after = Pt(4)
                xml.cell_rule(cell, "bottom", "#b8c4c3", 4)
            row.cells[0].paragraphs[0].add_run(what).bold = True
            self._write(row.cells[1].paragraphs[0], words)
        xml.paragraph(self.word, style="Small")

    def _sources(self) -> None:
        if not self.citations.sources:
            return
        self._heading("Sources", "Heading 1")
        if not self.source.sources_note:
            for number, source in enumerate(self.citations.sources, start=1):
                self._source(number, provenance.citation(source))
            return
        for publisher in by_publisher(self.citations):
            head = xml.paragraph(self.word, style="Source")
            head.add_run(publisher.name).bold = True
            head.paragraph_format.keep_with_next = True
            for number, text in publisher.lines:
                self._source(number, text)
        xml.paragraph(self.word, self.source.sources_note, style="Source")

    def _source(self, number: int, text: str) -> None:
        paragraph = xml.paragraph(self.word, f"[{number}]\t{text}", style="Source")
        xml.bookmark(paragraph, f"source_{number}", 1000 + number)

    def _annex(self) -> None:
        if not self.source.annex:
            return
        self._heading(self.source.annex_title, "Heading 1")
        self.word.paragraphs[-1].paragraph_format.page_break_before = True
        for block in self.source.annex:
            self._add(block)


