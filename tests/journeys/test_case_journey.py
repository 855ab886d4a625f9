"""The case to a partner: written, spoken for by somebody on a phone, printed, published and taken out again."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from tests.journeys.test_partner_journey import sign_in
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey

WORDS = "My patients who dance come to me less often."
HEALTH = "Lark and Shore Health Board"


def button(walk: Walker, words: str) -> None:
    walk.press(walk.page.locator("main").get_by_role("button", name=words).first)


def add_the_nurse(walk: Walker) -> str:
    """Somebody who has not been asked yet; the address to send them."""
    walk.press(walk.page.locator("main").get_by_role("button", name="Add somebody who says so"))
    for label, text in (("Who says so?", "Nurse Orla Finch"), ("For whom do they speak?", "Nurse, Marsh End"),
                        ("What did they say, in their own words?", WORDS),
                        ("Where did they say it?", "Neighbourhood meeting")):
        walk.page.get_by_label(label).fill(text)
    for part, number in (("day", "2"), ("month", "6"), ("year", "2025")):
        walk.page.locator(f"[name=said_on_{part}]").fill(number)
    walk.page.locator("main label").get_by_text("Nobody yet: they have not been asked").click()
    button(walk, "Keep it")
    walk.page.get_by_text("Ask Nurse Orla Finch, or change this").click()
    return str(walk.page.locator("a[href*='/says-so/']").last.get_attribute("href"))


def answers(walk: Walker, address: str, choice: str) -> None:
    walk.go(address)
    walk.page.locator("main label").get_by_text(choice, exact=True).click()
    button(walk, "Answer")


@pytest.mark.promise("P5")
@pytest.mark.parametrize("walk", ["phone"], indirect=True)
def test_nobody_argues_alone(walk, browser, served):
    """The officer works at a desk; the advocate has the small telephone without scripts and no account."""
    context = browser.new_context(base_url=served.address, viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(40_000)
    officer = Walker(context.new_page(), 1280)
    sign_in(officer, served, "officer@larkmere.example")
    home = officer.page.url
    officer.press(officer.link("The case to each partner"))
    officer.press(officer.link(HEALTH))
    said = officer.page.inner_text("main")
    for part in ("Fewer admissions after a fall", "Joint forward plan", "What is not known", "Who else says so",
                 "Nia Okoro"):
        assert part.casefold() in said.casefold()
    case = officer.page.url
    address = add_the_nurse(officer)
    assert WORDS not in PdfReader(io.BytesIO(officer.take(officer.link("PDF"))[1])).pages[-1].extract_text()
    answers(walk, address, "Anybody")
    officer.go(case)
    assert "to be shown to anybody" in officer.page.inner_text("main")
    name, paper = officer.take(officer.link("Word"))
    assert name.startswith("lark-and-shore-health-board-case-")
    assert paper[:2] == b"PK"
    button(officer, "Keep a dated copy")
    assert "Its figures are those of today." in officer.page.inner_text("main")
    officer.press(officer.page.locator("main").get_by_role("button", name="Publish version 1"))
    officer.page.locator("[name=confirmed]").check(force=True)
    button(officer, "Publish it")
    officer.press(officer.link("published"))
    public = officer.page.url
    walk.go(public)
    assert WORDS in walk.page.inner_text("main")
    assert "Nia Okoro" not in walk.page.inner_text("main")
    answers(walk, address, "Nobody: take it out")
    walk.go(public)
    assert WORDS not in walk.page.inner_text("main")
    brief_the_members(officer, home)
    assert officer.complaints == []
    context.close()


def brief_the_members(walk: Walker, home: str) -> None:
    """One sheet on a ward, from the figures of today."""
    walk.go(home)
    walk.press(walk.link("Briefings for members"))
    walk.page.get_by_label("Which place or ward?").select_option(index=2)
    button(walk, "Make a briefing")
    assert "Its figures are those of today." in walk.page.inner_text("main")
    assert len(PdfReader(io.BytesIO(walk.take(walk.link("PDF, one page"))[1])).pages) == 1
