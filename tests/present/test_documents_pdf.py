from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pikepdf
import pypdf
import pytest

from commonweal.present.citing import by_publisher, citations_of, said
from commonweal.present.document import Cite, FigureBlock, Heading, Paragraph, Status
from commonweal.present.pdf import render_pdf
from commonweal.present.status import LABEL, long_date


@pytest.fixture
def pdf(document) -> bytes:
    return render_pdf(document)


def _words(data: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def _tags(data: bytes) -> list[str]:
    """Every structure tag in reading order."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    with pikepdf.open(io.BytesIO(data)) as file:
        walk(file.Root.StructTreeRoot["/K"])
    return found


@pytest.mark.promise("N2")
def test_a_pdf_is_tagged_titled_and_in_english(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "en-GB"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == "What Somewhere needs"
            assert "Somewhere partnership" in str(about["dc:creator"])


def test_headings_tables_lists_and_figures_are_told(pdf):
    tags = _tags(pdf)
    for tag in ("/Title", "/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L", "/LI", "/TOC", "/TOCI", "/Link"):
        assert tag in tags, tag


def test_every_picture_has_words(pdf, document):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        alts = [str(node.Alt) for node in file.objects if isinstance(node, pikepdf.Dictionary) and "/Alt" in node]
    chart = next(block.chart for block in document.blocks if isinstance(block, FigureBlock))
    assert chart.alt in alts


def test_only_our_typeface_is_used_and_it_is_inside(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        fonts = {str(node.FontName) for node in file.objects
                 if isinstance(node, pikepdf.Dictionary) and node.get("/Type") == "/FontDescriptor"}
    assert fonts
    assert all("Atkinson" in name for name in fonts), fonts


def test_everything_said_is_on_paper(pdf):
    words = _words(pdf)
    for part in ("What Somewhere needs", "Draft", "22 November 2026", "Contents", "One in four is inactive",
                 "n = 498", "quality B, strong", "suppressed to protect people", "What this cannot tell you",
                 "Sources", "Exempt appendix", "Page 2 of"):
        assert part in words, part


def test_words_are_never_read_as_markup(pdf):
    assert "#set text(red)" in _words(pdf)


@pytest.mark.parametrize(
    "hostile",
    ["#panic()", "$x$", "*a* _b_ `c`", '\\ #include "/etc/passwd"', '"] + [', "\x00\x01", "\ud800",
     "]] <label> @ref", "=1+1", "", "  "],
)
def test_hostile_words_make_a_document(document, hostile):
    changed = replace(document, title=hostile, blocks=(Heading(hostile), Paragraph((hostile,))), annex=())
    assert render_pdf(changed).startswith(b"%PDF")


def test_the_same_document_gives_the_same_bytes(document):
    assert render_pdf(document) == render_pdf(document)


def test_many_at_once_are_all_made(document):
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(render_pdf, [document] * 8))
    assert set(made) == {render_pdf(document)}


def test_a_document_may_be_almost_empty(document):
    assert render_pdf(replace(document, blocks=(), annex=(), sources=())).startswith(b"%PDF")


def test_a_document_may_begin_with_a_lower_heading(document):
    made = replace(document, blocks=(Heading("Gaps", 2), Heading("Then", 1), Heading("Low", 3)), annex=())
    assert render_pdf(made).startswith(b"%PDF")


@pytest.mark.parametrize("status", list(Status))
def test_the_status_stands_on_the_title_page(document, status):
    assert LABEL[status] in _words(render_pdf(replace(document, status=status)))


def test_sources_are_numbered_in_the_order_cited(document):
    citations = citations_of(document)
    assert citations.numbers == {"active-2026": 1, "indices-2025": 2}
    assert citations.mark("indices-2025") == "[2]"
    assert said(("See ", Cite("active-2026")), citations) == "See [1]"


def test_a_mark_to_no_source_is_refused(document):
    with pytest.raises(ValueError, match="'nowhere', which is not among"):
        citations_of(replace(document, blocks=(Paragraph((Cite("nowhere"),)),)))


def test_dates_are_long(document):
    assert long_date(document.date) == "22 November 2026"


def test_a_brief_document_begins_at_once(document):
    found = pypdf.PdfReader(io.BytesIO(render_pdf(replace(document, brief=True))))
    first = found.pages[0].extract_text()
    assert "What Somewhere needs" in first
    assert "In one page" in first
    assert "Contents" not in first


def test_with_a_note_of_where_they_stand_in_full_sources_are_a_line_each_under_their_publishers(document):
    first, second = document.sources[:2]
    same = replace(second, publisher=first.publisher, licence=first.licence, published="May 2025")
    short = replace(document, sources=(first, same), sources_note="In full in the spreadsheet.")
    (publisher,) = by_publisher(citations_of(short))
    asked = dict.fromkeys(one.attribution.rstrip(".") for one in (first, same) if one.attribution)
    assert asked
    assert publisher.name == ". ".join((first.publisher, first.licence, *asked))
    assert [at for at, _ in publisher.lines] == [1, 2]
    lines = {text for _, text in publisher.lines}
    assert f"{same.title}, May 2025" in lines
    assert all(one.title in " ".join(lines) for one in (first, same))
    words, whole = printed(short), printed(document)
    assert words.count(publisher.name) == 1
    assert "In full in the spreadsheet." in words
    assert first.title in words
    assert len(words) < len(whole)


def printed(document) -> str:
    """What stands in the PDF, on one line."""
    pages = pypdf.PdfReader(io.BytesIO(render_pdf(document))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("words", [
    "\u202egnitirw", "\U0001f3ca swimming", "\u5065\u5eb7\u6587\u5316\u4e2d\u5fc3",
    "\u0627\u0644\u0635\u062d\u0629",
    "\u0e2a\u0e38\u0e02\u0e20\u0e32\u0e1e", "\ue000\ufffd\u2066",
], ids=["turned", "emoji", "Chinese", "Arabic", "Thai", "private"])
def test_letters_that_no_typeface_here_has_stop_no_document(document, words):
    text = printed(replace(document, title=f"Dance {words} near home"))
    assert "Dance" in text
    assert "near home" in text
    assert "\u202e" not in text
