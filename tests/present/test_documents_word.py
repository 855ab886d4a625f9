from __future__ import annotations

import io
import uuid
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from commonweal.present import typeface
from commonweal.present.document import Heading, Paragraph
from commonweal.present.word import render_docx
from commonweal.present.word.fonts import obscured

# The order Word's schema asks for; a file that breaks it may be refused as damaged.
ORDER = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd
        tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
        adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection
        textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof
        snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText
        vertAlign rtl cs em lang eastAsianLayout specVanish oMath""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc
        tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription""",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign
        hideMark""",
    "settings": """writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries
        displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData
        embedTrueTypeFonts embedSystemFonts saveSubsetFonts""",
}


@pytest.fixture
def made(document) -> bytes:
    return render_docx(document)


@pytest.fixture
def word(made):
    return docx.Document(io.BytesIO(made))


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.mark.promise("N2")
def test_every_picture_says_what_it_shows(word, chart):
    pictures = list(word.element.iter(qn("wp:docPr")))
    assert len(pictures) == 1
    assert pictures[0].get("descr") == chart.alt
    assert pictures[0].get("title") == chart.title
    assert len({picture.get("id") for picture in pictures}) == len(pictures)


def test_headings_are_real_styles_in_order(word):
    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith(("Heading", "Finding"))]
    assert found == [
        ("Heading 1", "In one page"), ("Heading 1", "What stands out"), ("Finding", "1. One in four is inactive"),
        ("Finding", "2. Libraries are few"), ("Heading 2", "Themes"), ("Heading 3", "Detail"),
        ("Heading 1", "Words used"), ("Heading 1", "Sources"), ("Heading 1", "Exempt appendix"),
    ]
    assert word.styles["Finding"].base_style.name == "Heading 2"


def test_contents_show_at_once_and_lead_to_their_headings(word):
    entries = [p for p in word.paragraphs if p.style.name.startswith("TOC ") and p.style.name != "TOC Heading"]
    names = [p._p.find(qn("w:hyperlink")).get(qn("w:anchor")) for p in entries]
    marks = {b.get(qn("w:name")) for b in word.element.iter(qn("w:bookmarkStart"))}
    assert [p.text for p in entries] == [
        "In one page", "What stands out", "Words used", "Sources", "Exempt appendix",
    ]
    assert set(names) <= marks
    kinds = [c.get(qn("w:fldCharType")) for c in word.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_each_heading_bears_the_bookmark_its_entry_leads_to(word):
    for entry in (p for p in word.paragraphs if p.style.name in {"TOC 1", "TOC 2"}):
        target = entry._p.find(qn("w:hyperlink")).get(qn("w:anchor"))
        holder = next(p for p in word.paragraphs if any(
            b.get(qn("w:name")) == target for b in p._p.iter(qn("w:bookmarkStart"))))
        assert holder.text == entry.text


def test_tables_have_a_repeating_heading_row_and_a_description(word):
    ruled = [table for table in word.tables if list(table.rows[0]._tr.iter(qn("w:tblHeader")))]
    assert len(ruled) == 2
    for table in ruled:
        properties = table._tbl.tblPr
        assert properties.find(qn("w:tblCaption")).get(qn("w:val"))
        assert properties.find(qn("w:tblDescription")).get(qn("w:val"))
        assert len(properties.findall(qn("w:tblLook"))) == 1
    assert [cell.text for cell in ruled[1].rows[2].cells] == ["South", "12,500", "suppressed to protect people"]


def test_the_file_says_what_it_is(word):
    core = word.core_properties
    said = (core.title, core.subject, core.author)
    assert said == ("What Somewhere needs", "A first assessment", "Somewhere partnership")
    assert (core.language, core.category) == ("en-GB", "Draft")
    assert {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_footers_carry_status_and_page(word):
    section = word.sections[0]
    assert section.different_first_page_header_footer
    assert "Draft" in section.footer.paragraphs[0].text
    codes = [c.text.strip() for c in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_our_typeface_is_inside_and_another_may_stand_in(made):
    parts = _parts(made)
    fonts = parts["word/fontTable.xml"].decode()
    assert 'w:altName w:val="Segoe UI"' in fonts
    assert fonts.count("r:id=") == 4
    assert b"embedTrueTypeFonts" in parts["word/settings.xml"]
    assert sum(name.endswith(".odttf") for name in parts) == 4
    types = parts["[Content_Types].xml"].decode()
    assert "obfuscatedFont" in types


def test_an_obscured_font_comes_back():
    font = (typeface.FOLDER / "AtkinsonHyperlegibleNext-Regular.ttf").read_bytes()
    key = uuid.uuid4()
    assert obscured(font, key) != font
    assert obscured(obscured(font, key), key) == font
    assert obscured(font, key)[32:] == font[32:]


def test_parts_stand_in_the_order_word_asks_for(made):
    for name, data in _parts(made).items():
        if not name.endswith(".xml") or not name.startswith("word/"):
            continue
        root = docx.oxml.parse_xml(data)
        for element in root.iter():
            order = ORDER.get(str(element.tag).rpartition("}")[2], "").split()
            places = [order.index(tag) for child in element
                      if (tag := str(child.tag).rpartition("}")[2]) in order]
            assert places == sorted(places), (name, element.tag, [c.tag for c in element])


def test_numbered_lists_begin_again_at_one(word):
    numbered = [p for p in word.paragraphs if p.style.name == "List Number"]
    identities = [p._p.pPr.numPr.numId.val for p in numbered]
    assert identities[0] == identities[1] != identities[2]


def test_links_and_marks_lead_somewhere(word, made):
    relations = _parts(made)["word/_rels/document.xml.rels"].decode()
    assert "https://example.org/a?b=1&amp;c=2" in relations
    anchors = [h.get(qn("w:anchor")) for h in word.element.iter(qn("w:hyperlink")) if h.get(qn("w:anchor"))]
    assert "source_1" in anchors


@pytest.mark.parametrize("hostile", ["a\x00b\x0c", "\ud800", "<w:p/>", "]]>&", "=1+1"])
def test_hostile_words_make_a_document(document, hostile):
    changed = replace(document, title=hostile, summary=hostile, made_by=hostile, place=hostile,
                      blocks=(Heading(hostile), Paragraph((hostile,))))
    assert docx.Document(io.BytesIO(render_docx(changed))).paragraphs


def test_a_long_maker_is_cut_not_refused(document):
    assert render_docx(replace(document, made_by="x" * 400, title="y" * 400))


def test_a_brief_document_has_no_contents(document):
    word = docx.Document(io.BytesIO(render_docx(replace(document, brief=True))))
    assert word.paragraphs[0].style.name == "Title"
    assert not [p for p in word.paragraphs if p.style.name.startswith("TOC")]
