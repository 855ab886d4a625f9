"""A treasurer on a small telephone sends a return; the connection goes in the middle, and nothing is lost."""

from __future__ import annotations

import time

import pytest
from tests.journeys.test_partner_journey import sign_in
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey

TITLE = "Open studio"
TWO_MINUTES = 120


def link_of(browser, served) -> str:
    """The officer makes a link to a return that has not come."""
    context = browser.new_context(base_url=served.address, viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(40_000)
    officer = Walker(context.new_page(), 1280)
    sign_in(officer, served, "officer@larkmere.example")
    officer.press(officer.link("Ask for returns, and read them"))
    officer.press(officer.link(TITLE))
    officer.press(officer.page.get_by_role("button", name="Make a new link"))
    found = officer.page.locator("a[href*='/return/open/']").first.get_attribute("href")
    assert officer.complaints == []
    context.close()
    return str(found)


def answer(page, words: str, number: str) -> None:
    page.get_by_label(words, exact=False).first.fill(number)
    page.get_by_role("button", name="Save and go on").click()


@pytest.mark.promise("M2")
def test_a_return_is_sent_from_a_phone_though_the_connection_goes(browser, served):
    link = link_of(browser, served)
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="en-GB")
    context.set_default_timeout(40_000)
    walk, began = Walker(context.new_page(), 320), time.monotonic()
    walk.go(link)
    walk.press(walk.page.get_by_role("button", name="Begin"))
    with walk.page.expect_request_finished(lambda asked: asked.url.endswith("/question/story/")):
        walk.press(walk.page.get_by_role("button", name="Go on"))  # pages ahead are fetched
    answer(walk.page, "How many attendances", "1,312")
    walk.page.get_by_role("heading", name="How many different people").wait_for()
    context.set_offline(True)
    answer(walk.page, "How many different people", "158")
    walk.page.get_by_role("heading", name="How many people told you").wait_for()
    assert "kept on this phone (1)" in walk.page.locator("[data-kept]").inner_text()
    for words, number in (("How many people told", "60"), ("were satisfied", "55"), ("Of those who told", "40")):
        answer(walk.page, words, number)
    walk.page.get_by_label("What should we know").fill("The kiln broke, and was mended.")
    walk.page.get_by_role("button", name="Save and go on").click()
    walk.page.get_by_text("Everything you answered is kept").wait_for()
    with walk.page.expect_navigation(url="**/check/"):
        context.set_offline(False)
    walk.look()
    said = walk.page.inner_text("main")
    for answered in ("1,312", "158", "60", "55", "40", "The kiln broke"):
        assert answered in said
    walk.press(walk.page.get_by_role("button", name="Send"))
    took = time.monotonic() - began
    assert "Your number" in walk.page.inner_text("main")
    assert took < TWO_MINUTES
    assert walk.page.evaluate("localStorage.length") == 0
    lost = [one for one in walk.complaints if "ERR_INTERNET_DISCONNECTED" not in one]
    assert lost == []
    context.close()
