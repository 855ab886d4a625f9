"""Every number on a page opens to what it rests on; tables can be taken; the same figures leave by every door."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.needs.conftest import words_of

from commonweal.core.stores import stores
from commonweal.needs.pictures import domain_titles, weighed_parts
from commonweal.needs.queries.assessments import assess
from commonweal.needs.replay import assessment_from_json
from commonweal.present.provenance import citation
from commonweal.present.wording import spoken

PLACE = "/place/Z07000001/"
NUMBERS = ("", "people/", "needs/physical-activity/", "measure/library-visits/", "areas/Z01000001/", "missed/",
           "provision/", "evidence/")


@pytest.fixture
def larkmere(pages):
    return assessment_from_json(pages.get(PLACE + "assessment.json").content)


@pytest.mark.parametrize("page", NUMBERS)
def test_every_number_opens_to_its_base_n_date_source_and_method(pages, page):
    html = pages.get(PLACE + page).content.decode()
    numbers = re.findall(r'<details class="cw-figure\b.*?</details>', html, re.DOTALL)
    assert numbers
    for number in numbers:
        value = re.search(r'cw-figure__value">(.*?)</span>', number).group(1)
        rows = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", number, re.DOTALL))
        assert value.strip()
        for what in ("Of whom or what", "How many it rests on", "When", "Where", "Source", "Method"):
            assert rows[what].strip(), (what, value)
        assert "Invented" in rows["Source"]


@pytest.mark.promise("N5")
def test_the_few_that_stand_out_are_traceable_to_their_figures(pages, larkmere):
    html = pages.get(PLACE).content.decode()
    findings = re.findall(r'<li class="cw-finding">(.*?)</li>', html, re.DOTALL)
    assert 5 <= len(findings) <= 9
    for shown, made in zip(findings, larkmere.findings, strict=True):
        assert words_of(made.headline).strip() in words_of(shown)
        for figure in made.figures:
            assert spoken(figure) in words_of(shown)
            assert citation(figure.source) in words_of(shown)
        href = re.search(r'cw-finding__more"><a class="govuk-link" href="([^"]+)"', shown).group(1)
        assert pages.get(href).status_code == 200
    rule = words_of(html)
    for mark in ("Distance", "Certainty", "Size", "Trend", "Together"):
        assert mark in rule


@pytest.mark.promise("N3")
def test_a_small_area_profile_has_index_interval_groups_trend_map_and_tables(pages, larkmere):
    areas = pages.get(PLACE + "areas/").content.decode()
    assert areas.count("cw-map__area") >= len(larkmere.small_areas)
    for one in larkmere.small_areas:
        assert f'href="{PLACE}areas/{one.place.code}/"' in areas
    assert any(one.decile_low < one.decile_high for one in larkmere.small_areas)
    one = larkmere.small_areas[0]
    profile = words_of(pages.get(f"{PLACE}areas/{one.place.code}/").content.decode())
    tenth = f"in tenth {one.need_decile.value:.0f} of 10 for need"
    for words in (tenth, "for deprivation", "What need is made of"):
        assert words in profile
    measure = words_of(pages.get(PLACE + "measure/inactive-adults/").content.decode())
    assert "Over time" in measure
    assert "Beside other places" in measure
    with_range = [
        m for theme in larkmere.themes for m in theme.measures if m.figure.lower is not None
    ]
    assert with_range, "some rates carry their interval"
    page = words_of(pages.get(f"{PLACE}measure/{with_range[0].card}/").content.decode())
    assert "95% interval" in page
    assert "Ethnic group" in words_of(pages.get(PLACE + "people/").content.decode())


def test_the_parts_of_a_small_area_are_its_score(larkmere):
    assert set(dict(larkmere.weights)) == set(domain_titles())
    for area in larkmere.small_areas:
        total = sum(amount for _, amount in weighed_parts(larkmere, area))
        assert total == pytest.approx(area.need.value, abs=0.02)


@pytest.mark.parametrize("page", ["areas/", "people/", "provision/", "measure/library-visits/"])
def test_tables_can_be_taken_as_csv(pages, page):
    html = pages.get(PLACE + page).content.decode()
    links = sorted(set(re.findall(rf'href="({PLACE}tables/[^"]+\.csv)"', html)))
    assert links
    for link in links:
        answer = pages.get(link)
        assert answer.status_code == 200, link
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(rows) > 1
        assert "larkmere" in answer["Content-Disposition"]
        assert "invented" in answer["Content-Disposition"]
        assert not re.search(r"\b(nan|None)\b", answer.content.decode())


def test_the_areas_table_holds_every_area_with_its_band(pages, larkmere):
    rows = list(csv.DictReader(io.StringIO(pages.get(PLACE + "tables/areas.csv").content.decode("utf-8-sig"))))
    by_code = {row["Code"]: row for row in rows if row["Code"].startswith("Z01")}
    assert len(by_code) == len(larkmere.small_areas) == 90
    for one in larkmere.small_areas:
        assert int(by_code[one.place.code]["Lowest tenth"]) == one.decile_low
        assert float(by_code[one.place.code]["Need score"]) == pytest.approx(one.need.value, abs=0.006)


def test_sources_of_every_figure_stand_on_the_sources_page(pages, larkmere):
    shown = words_of(pages.get(PLACE + "sources/").content.decode())
    for source in larkmere.sources:
        assert citation(source) in shown
    assert "ranked over all small areas of Larkland" in shown
    assert larkmere.method_version in shown


def test_the_interface_gives_the_page_s_own_assessment_and_it_replays(pages, larkmere):
    given = pages.get("/api/places/Z07000001/assessment")
    assert given["Content-Type"] == "application/json"
    assert assessment_from_json(given.content) == larkmere
    assert pages.get("/api/places/z07000001/assessment").content == given.content
    assert larkmere.place.invented
    assert all(source.invented for source in larkmere.sources)
    assert larkmere == assess(stores().example, "Z07000001", today=larkmere.computed_on)


def test_findings_given_as_data_stand_alone(pages, larkmere):
    found = pages.get("/api/places/Z07000001/findings").json()
    assert [one["headline"] for one in found] == [one.headline for one in larkmere.findings]
    for one in found:
        for figure in one["figures"]:
            assert figure["source"]["title"]
            assert figure["place"]["invented"] is True
            assert figure["quality"]["reasons"]
            assert figure["base"]


def test_every_card_says_why_and_what_it_cannot_tell(pages):
    for card in pages.get("/api/indicators").json():
        assert card["why"]
        assert card["cannot_tell"]
        assert card["author"]
        assert card["checker"]


@pytest.mark.parametrize(("code", "status"), [
    ("Z07999999", 404), ("E07000001", 404), ("Z07000001+E07000001", 404), ("x", 404), ("Z07000001", 200),
])
@pytest.mark.parametrize("what", ["assessment", "findings"])
def test_the_interface_says_no_in_json(pages, what, code, status):
    answer = pages.get(f"/api/places/{code}/{what}")
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/json")
    if status == 404:
        assert answer.json()["detail"].endswith((".", "?"))
    assert pages.post(f"/api/places/{code}/{what}").status_code == 405


@pytest.mark.promise("N12")
def test_the_chapter_comes_as_word_web_page_and_data_with_sources_and_method(pages, larkmere):
    from docx import Document

    word = Document(io.BytesIO(pages.get(PLACE + "assessment.docx").content))
    text = "\n".join(p.text for p in word.element.body.iter() if p.tag.endswith("}t") and p.text)
    web = "".join(words_of(pages.get(PLACE + page).content.decode()) for page in ("", "sources/"))
    flat = re.sub(r"\s+", " ", text)
    for finding in larkmere.findings:
        assert finding.headline in web
        assert finding.headline.split(",")[0] in flat
    for words in ("Sources", "invented"):
        assert words.lower() in flat.lower()
        assert words.lower() in web.lower()
    assert "method" in flat.lower()
    data = json.loads(pages.get(PLACE + "assessment.json").content)
    assert len(data["assessment"]["findings"]) == len(larkmere.findings)
    assert data["shared"]["SourceRef"]


def test_pdfs_and_workbooks_open_and_say_invented(pages, larkmere):
    pdf = PdfReader(io.BytesIO(pages.get(PLACE + "assessment.pdf").content))
    assert "invented" in "".join(page.extract_text() for page in pdf.pages[:2]).lower()
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    bid = PdfReader(io.BytesIO(pages.get(PLACE + "evidence.pdf").content))
    assert len(bid.pages) <= 6
    assert "invented" in bid.pages[0].extract_text().lower()
    book = load_workbook(io.BytesIO(pages.get(PLACE + "assessment.xlsx").content))
    first = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    assert "invented" in first.lower()
    assert len(book.sheetnames) > 3


@pytest.mark.parametrize(("file", "starts"), [
    ("assessment.docx", b"PK"), ("assessment.pdf", b"%PDF"), ("assessment.xlsx", b"PK"), ("assessment.json", b"{"),
    ("evidence.docx", b"PK"), ("evidence.pdf", b"%PDF"),
])
def test_a_file_is_what_it_says_and_its_name_says_invented(pages, file, starts):
    answer = pages.get(PLACE + file)
    assert answer.content.startswith(starts)
    name = re.search(r'attachment; filename="([^"]+)"', answer["Content-Disposition"]).group(1)
    assert name.startswith("larkmere-invented-")
    assert re.search(r"-2026-11-2\d\.", name)  # the day it was worked out, kept from one test to the next
    assert name.endswith(file.rpartition(".")[2])
