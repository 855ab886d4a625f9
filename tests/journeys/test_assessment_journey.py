"""From choosing a place to a chapter in the hand: at a desk, on a telephone without scripts, by keyboard alone."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.journeys.walking import Walker

from commonweal.needs.replay import assessment_from_json

pytestmark = pytest.mark.journey
FORMS = ("The chapter, to edit", "The chapter, to print or send", "Every figure", "The assessment as data")


def open_number(walk: Walker) -> str:
    """Press the first number of the page and read what it rests on."""
    number = walk.page.locator("main details.cw-figure").first
    number.locator("summary").click()
    rests_on = number.locator("dl")
    assert rests_on.is_visible()
    return rests_on.inner_text()


def tick(walk: Walker, how_many: int) -> None:
    """Tick the first small areas of the table, by their labels as a hand would."""
    for at in range(how_many):
        walk.page.locator(".govuk-checkboxes__label").nth(at).click()
    assert walk.page.locator("input[name=area]:checked").count() == how_many


def from_start_to_the_ticked(walk: Walker) -> None:
    walk.go("/", invented=False)
    walk.page.get_by_label("Choose your place").fill("larkmere")
    walk.press(walk.page.get_by_role("button", name="Show this place"))
    assert walk.page.locator("h1").inner_text() == "Larkmere"
    assert 5 <= walk.page.locator(".cw-finding").count() <= 9
    rests_on = open_number(walk)
    for what in ("Of whom or what", "When", "Source", "Method"):
        assert what in rests_on
    assert "Invented" in rests_on
    walk.press(walk.link(re.compile("^More on ")))
    for heading in ("Why it matters", "Beside other places", "What this cannot tell you"):
        assert walk.page.get_by_role("heading", name=heading).count() == 1
    walk.press(walk.link("Small areas"))
    tick(walk, 3)
    walk.press(walk.page.get_by_role("button", name="Assess the areas you ticked"))
    assert walk.page.locator("h1").inner_text() == "3 small areas of Larkmere"


def taken(walk: Walker) -> dict[str, bytes]:
    """Every form the assessment comes in, by the ending of its name."""
    walk.press(walk.link("Take it away"))
    files = {}
    for words in FORMS:
        name, body = walk.take(walk.link(words))
        assert "invented" in name
        files[name.rpartition(".")[2]] = body
    return files


@pytest.mark.promise("N3", "N5", "N12")
@pytest.mark.parametrize("walk", ["desk", "phone"], indirect=True)
def test_a_place_is_chosen_looked_into_and_taken_away(walk):
    from_start_to_the_ticked(walk)
    files = taken(walk)
    word = Document(io.BytesIO(files["docx"]))
    assert any("Larkmere" in paragraph.text for paragraph in word.paragraphs)
    assert len(PdfReader(io.BytesIO(files["pdf"])).pages) > 3
    assert len(load_workbook(io.BytesIO(files["xlsx"])).sheetnames) > 3
    replayed = assessment_from_json(files["json"])
    assert replayed.place.name == "3 small areas of Larkmere"
    assert len(replayed.small_areas) == 3


@pytest.mark.parametrize("walk", ["desk", "phone"], indirect=True)
def test_every_section_of_the_assessment_is_a_whole_page(walk):
    walk.go("/place/Z07000001/")
    sections = walk.page.locator(".cw-sections__link")
    addresses = [one.get_attribute("href") for one in sections.all()]
    assert len(addresses) == 10
    for address in addresses:
        walk.go(address)
    walk.go("/place/Z07000001/needs/")
    walk.press(walk.page.locator("main dl a").first)
    walk.press(walk.page.locator("main h2 a").first)
    walk.go("/place/Z07000001/areas/")
    walk.press(walk.page.locator("main form tbody th a").first)


def focused(walk: Walker) -> str:
    """The words on what the keyboard is on."""
    return str(walk.page.evaluate("(document.activeElement.innerText || '').trim().replace(/\\s+/g, ' ')"))


def tab_to(walk: Walker, words: str) -> None:
    """Press Tab until the keyboard is on these words; it must show where it is."""
    for _ in range(80):
        walk.page.keyboard.press("Tab")
        if focused(walk).startswith(words):
            seen = walk.page.evaluate(
                "(() => { const look = getComputedStyle(document.activeElement);"
                " return look.outlineStyle !== 'none' || look.boxShadow !== 'none' })()"
            )
            assert seen, f"focus on {words!r} cannot be seen"
            return
    raise AssertionError(f"the keyboard never reaches {words!r}")


def test_the_keyboard_alone_reaches_an_opened_number(walk):
    walk.go("/", invented=False)
    walk.page.keyboard.press("Tab")
    assert focused(walk) == "Skip to main content"
    walk.page.keyboard.press("Enter")
    for _ in range(30):
        walk.page.keyboard.press("Tab")
        if walk.page.evaluate("document.activeElement.id") == "id_q":
            break
    walk.page.keyboard.type("Larkmere")
    with walk.page.expect_navigation():
        walk.page.keyboard.press("Enter")
    walk.look()
    tab_to(walk, "How we know")
    walk.page.keyboard.press("Enter")
    finding = walk.page.locator(".cw-finding details").first
    assert finding.get_attribute("open") is not None
    walk.page.keyboard.press("Tab")
    walk.page.keyboard.press("Enter")
    assert finding.locator("dl").first.is_visible()
    assert "Source" in finding.locator("dl").first.inner_text()


@pytest.mark.parametrize("walk", ["phone"], indirect=True)
def test_a_voluntary_group_takes_its_evidence_page_without_an_account(walk):
    walk.go("/place/Z07000001/take/")
    walk.press(walk.link("Read the evidence page first"))
    assert walk.page.locator(".cw-finding").count() >= 5
    assert walk.page.get_by_role("heading", name="Sources").count() == 1
    name, body = walk.take(walk.link("Evidence page, to send"))
    assert name.startswith("larkmere-invented-evidence")
    assert "Sources" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    name, body = walk.take(walk.link("Evidence page, to edit"))
    assert any("Larkmere" in paragraph.text for paragraph in Document(io.BytesIO(body)).paragraphs)


def test_a_place_nobody_knows_gets_the_nearest_names(walk):
    walk.go("/", invented=False)
    walk.page.get_by_label("Choose your place").fill("Larkmeer")
    walk.press(walk.page.get_by_role("button", name="Show this place"), invented=False)
    assert walk.page.title().startswith("Error: ")
    assert walk.page.get_by_role("alert").count() == 1
    walk.press(walk.link(re.compile("^Larkmere$")))
    assert walk.page.locator("h1").inner_text() == "Larkmere"
    walk.missing_expected = True
    walk.go("/place/Z07999999/", invented=False)
    assert "No area has the code Z07999999" in walk.page.inner_text("main")


@pytest.mark.parametrize("walk", ["desk", "phone"], indirect=True)
def test_other_weights_show_what_moves(walk):
    walk.go("/place/Z07000001/areas/")
    walk.press(walk.link("Change the weights and see what moves"))
    walk.page.get_by_label("Barriers of place").fill("100")
    walk.page.get_by_label("Barriers of money").fill("0")
    walk.press(walk.page.get_by_role("button", name="See what moves"))
    assert re.search(r"\d+ of the 90 small areas change their tenth", walk.page.inner_text("main"))
    assert walk.page.get_by_role("columnheader", name="Tenth before").count() == 1
    walk.page.get_by_label("Barriers of money").fill("lots")
    walk.press(walk.page.get_by_role("button", name="See what moves"))
    assert "There is a problem" in walk.page.inner_text("main")
    walk.press(walk.link("Back to the weights as they were"))
    assert walk.page.get_by_label("Barriers of money").input_value() == "25"


@pytest.mark.parametrize("walk", ["desk", "phone"], indirect=True)
def test_the_whole_country_is_read_with_or_without_its_map(walk):
    for _ in range(40):  # the worker draws it once
        walk.page.goto("/country/")
        if "being drawn" not in walk.page.inner_text("main"):
            break
        walk.page.wait_for_timeout(250)
    walk.look()
    assert "there is none" in walk.page.inner_text("main")
    assert walk.page.title().startswith("Need across")
    walk.page.locator("summary", has_text="Show the numbers").click()
    assert walk.page.get_by_role("cell", name="Z07000001").is_visible()
    if walk.page.locator(".cw-country").is_visible():
        walk.page.locator(".cw-country[data-drawn]").wait_for()
        walk.page.locator(".cw-country canvas").focus()
        walk.page.keyboard.press("Enter")
        assert "Need: tenth" in walk.page.locator(".cw-country__told").inner_text()
