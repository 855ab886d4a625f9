"""The chapter, the workbook and the evidence page, as documents a committee could take."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from docx import Document as read_docx
from openpyxl import load_workbook
from pypdf import PdfReader

from commonweal.core.figure import Unit
from commonweal.example.store import build_store
from commonweal.lake.store import Store
from commonweal.needs import queries
from commonweal.needs.content import read
from commonweal.needs.documents import chapter, evidence_page, workbook
from commonweal.needs.documents.files import Form, file_name, write_files
from commonweal.needs.documents.tables import gaps_table
from commonweal.needs.documents.words import word
from commonweal.present.document import (
    BulletList,
    Callout,
    Cite,
    Heading,
    NumberedFinding,
    Paragraph,
    Status,
    TableBlock,
)
from commonweal.present.pdf import render_pdf
from commonweal.present.word import render_docx
from commonweal.present.workbook import render_workbook

TODAY = date(2026, 11, 22)
ORDER = ("answer", "people", "findings", "culture_sport", "contribution", "areas", "missed", "provision",
         "cannot_say", "grades", "gaps")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = Store(tmp_path_factory.mktemp("chapter-example"))
    build_store(made)
    return made


@pytest.fixture(scope="module")
def made(store):
    return queries.assess(store, "Larkmere", today=TODAY)


@pytest.fixture(scope="module")
def whole(made, store):
    return chapter(made, store)


def test_how_it_was_made_and_every_measure_stand_in_the_annex_and_small_areas_in_the_workbook(whole, made):
    found = [block.table for block in whole.annex if isinstance(block, TableBlock)]
    themes = [table for table in found if table.key.startswith("theme-")]
    assert sum(len(table.rows) for table in themes) == sum(len(theme.measures) for theme in made.themes)
    body = [block.table for block in whole.blocks if isinstance(block, TableBlock)]
    assert not any(table.key.startswith("theme-") for table in body)
    headings = [block.text for block in whole.annex if isinstance(block, Heading)]
    assert headings == [word(f"headings.{key}") for key in ("method", "measures", "places")] + [word("areas.all")]
    assert not any(table.key == "small-areas" for table in found)
    scored = [measure for theme in made.themes for measure in theme.measures if measure.figure.unit is Unit.SCORE]
    notes = " ".join(note for table in themes for note in table.notes)
    assert scored
    assert all(f"{measure.name}: {measure.scale}." in notes for measure in scored if measure.scale)


def said(block):
    parts = block.words if isinstance(block, Paragraph | Callout) else ()
    return " ".join(str(getattr(part, "text", part)) for part in parts if not isinstance(part, Cite))


@pytest.mark.promise("N12")
def test_the_chapter_stands_in_the_order_a_reader_needs(whole):
    found = [block.text for block in whole.blocks if isinstance(block, Heading) and block.level == 1]
    assert found == [word(f"headings.{key}") for key in ORDER]


def test_the_answer_is_on_one_page_and_holds_every_finding(whole, made):
    blocks = list(whole.blocks)
    end = next(at for at, block in enumerate(blocks) if isinstance(block, Heading) and at > 0)
    answer = blocks[:end]
    assert said(answer[1]) == made.headline
    listed = next(block for block in answer if isinstance(block, BulletList))
    assert [item[0] for item in listed.items] == [finding.headline for finding in made.findings]
    cautions = [said(block) for block in answer if isinstance(block, Callout)]
    assert any("No one in Larkmere has been asked" in words for words in cautions)


def test_findings_are_numbered_with_figures_and_what_they_cannot_tell(whole, made):
    found = [block for block in whole.blocks if isinstance(block, NumberedFinding)]
    assert [block.number for block in found] == list(range(1, len(made.findings) + 1))
    assert all(1 <= len(block.figures) <= 3 for block in found)
    limits = [block for block in whole.blocks if said(block).startswith(word("findings.cannot"))]
    assert len(limits) == sum(bool(finding.card) for finding in made.findings)


@pytest.mark.promise("N4")
def test_both_sides_stand_apart_and_the_wider_side_says_what_can_be_added(whole):
    blocks = list(whole.blocks)
    start = next(at for at, block in enumerate(blocks) if isinstance(block, Heading)
                 and block.text == word("headings.contribution"))
    end = next(at for at, block in enumerate(blocks) if isinstance(block, Heading)
               and block.text == word("headings.areas"))
    adds = [block for block in blocks[start:end] if said(block).startswith(word("theme.contribution"))]
    themes = [block for block in blocks[start:end] if isinstance(block, Heading) and block.level == 2]
    assert len(adds) == len(themes) == 7


@pytest.mark.promise("N6")
def test_every_gap_has_a_way_an_effort_a_lightest_version_and_the_grade_it_would_have(made):
    table = gaps_table(made.gaps)  # as the workbook has it
    assert len(table.rows) == len(made.gaps) >= 8
    assert all(all(str(cell) for cell in row) and str(row[-1]) in "ABCDE" for row in table.rows)


@pytest.mark.promise("N10")
def test_the_groups_who_may_be_missed_are_on_the_first_page_and_in_full(whole, made):
    headings = [block.text for block in whole.blocks if isinstance(block, Heading)]
    assert {group.group for group in made.missed} <= set(headings)
    assert any("easiest to miss" in said(block) for block in whole.blocks[:10])


def test_every_mark_leads_to_a_source_and_every_figure_has_one(whole, made):
    sources = {source.dataset for source in whole.sources}
    marks = {
        part.dataset for block in whole.blocks for part in getattr(block, "words", ()) if isinstance(part, Cite)
    }
    assert marks <= sources
    assert {figure.source.dataset for finding in made.findings for figure in finding.figures} <= sources


def test_the_example_says_invented_and_a_real_place_says_draft(whole, made):
    from dataclasses import replace

    assert whole.status is Status.INVENTED
    real = replace(made, place=replace(made.place, invented=False))
    assert chapter(real).status is Status.DRAFT


def test_word_and_pdf_hold_the_same_findings(whole, made):
    docx = read_docx(io.BytesIO(render_docx(whole)))
    words = re.sub(r"\s+", " ", " ".join(paragraph.text for paragraph in docx.paragraphs))
    pdf = PdfReader(io.BytesIO(render_pdf(whole)))
    printed = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    for finding in made.findings:
        assert finding.headline in words
        assert finding.headline[:60] in printed
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert docx.core_properties.language == "en-GB"


def test_the_workbook_holds_every_figure_with_what_makes_it_honest(made):
    book = load_workbook(io.BytesIO(render_workbook(workbook(made))))
    assert {"Contents", "Notes", "Measures", "Comparators", "Trends", "People", "Small areas", "Sources"} <= set(
        book.sheetnames
    )
    sheet = book["Measures"]
    heads = [cell.value for cell in sheet[4]]
    assert {"Period", "Value", "From", "To", "Rests on", "Of whom", "Grade", "Source"} <= set(heads)
    count = sum(len(theme.measures) for theme in made.themes)
    assert sum(1 for row in sheet.iter_rows(min_row=5, max_col=1) if row[0].value) == count
    assert book["Small areas"].max_row - 4 == len(made.small_areas)


def test_the_evidence_page_is_two_pages_of_needs_with_their_sources(made):
    page = evidence_page(made)
    assert len(PdfReader(io.BytesIO(render_pdf(page))).pages) == 2
    words = [part for block in page.blocks for part in getattr(block, "words", ())]
    cited = {part.dataset for part in words if isinstance(part, Cite)}
    assert cited <= {source.dataset for source in page.sources}
    assert len(page.sources) < len(made.sources)
    assert page.brief


@pytest.mark.parametrize(("name", "file"), [
    ("St. Helens", "st-helens"), ("King's Lynn and West Norfolk", "kings-lynn-and-west-norfolk"),
    ("Côte d’Azur / x", "cote-dazur-x"), ("../../etc/passwd", "etc-passwd"), ("", "place"), ("A" * 300, "a" * 80),
])
def test_files_are_named_plainly_and_never_out_of_their_folder(name, file):
    assert file_name(name) == file


def test_files_are_written_whole_and_only_those_asked_for(made, store, tmp_path):
    written = write_files(made, tmp_path / "new", store=store, forms=(Form.JSON, Form.WORKBOOK))
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["larkmere.json", "larkmere.xlsx"]
    assert all(path.stat().st_size > 1000 for path in written)


def test_on_paper_the_gaps_are_those_a_person_can_fill_and_the_rest_is_a_sentence(whole, made):
    tables = [block.table for block in whole.blocks if isinstance(block, TableBlock)]
    (table,) = [one for one in tables if one.key == "gaps"]
    asked = [row[0] for row in table.rows]
    assert asked == [row["question"] for row in read("gaps")["gaps"]]
    assert len(table.columns) == 3
    assert len(made.gaps) > len(asked)
    assert "of the figures are missing or weak" in " ".join(said(block) for block in whole.blocks)
    assert whole.sources_note
