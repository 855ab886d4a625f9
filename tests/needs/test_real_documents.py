"""Documents of real districts: none fails, and each is as short as a committee and a funder need."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from commonweal.needs import queries
from commonweal.needs.documents import chapter, evidence_page
from commonweal.needs.documents.files import Form, write_files
from commonweal.needs.documents.words import word
from commonweal.needs.queries.evidence import evidence
from commonweal.present.document import FigureBlock
from commonweal.present.paper import on_paper
from commonweal.present.pdf import render_pdf

pytestmark = pytest.mark.real_data
TODAY = date(2026, 11, 22)
LONGEST = 20  # pages before the annex, its sources among them
STRAY = "New Forest"  # a ward of it joins to a shape with a line in it


def pages_before_annex(pdf: bytes) -> int:
    """The page on which the annex begins, less one; the contents name it too, on the first page."""
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return next(number for number, text in enumerate(texts) if number and word("annex") in text)


@pytest.mark.parametrize("name", [STRAY, "Westmorland and Furness"])
def test_the_chapter_of_a_large_district_has_its_map_and_is_short(real_store, name):
    made = queries.assess(real_store, name, today=TODAY)
    with on_paper():
        whole = chapter(made, real_store)
    maps = [block for block in whole.blocks if isinstance(block, FigureBlock) and "cw-map" in block.chart.svg]
    assert len(maps) == 1
    assert pages_before_annex(render_pdf(whole)) <= LONGEST
    assert len(PdfReader(io.BytesIO(render_pdf(evidence_page(made)))).pages) <= 2


@pytest.mark.soak
def test_every_district_is_written_in_full(real_store, tmp_path):
    for code in evidence(real_store).geography.districts:
        made = queries.assess(real_store, code, today=TODAY)
        written = write_files(made, tmp_path / code, store=real_store, evidence=True)
        files = {path.name.split(".")[0] + path.suffix: path.read_bytes() for path in written}
        assert len(files) == len(Form) + 2
        for name, content in files.items():
            if name.endswith("-evidence.pdf"):
                assert len(PdfReader(io.BytesIO(content)).pages) <= 2, made.place.name
            elif name.endswith(".pdf"):
                assert pages_before_annex(content) <= LONGEST, made.place.name
        for path in written:
            path.unlink()
