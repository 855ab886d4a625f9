from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines

from commonweal import web
from commonweal.core.figure import Grade, Quality
from commonweal.present.chart import Message
from commonweal.present.maps import AreaShape, choropleth, decile_scale
from commonweal.present.table_view import sort_by_request

POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'"
PAGE = """{% extends "present/page_with_rail.html" %}{% load commonweal %}
{% block title %}A place{% endblock %}{% block main_class %}cw-main cw-main--wide{% endblock %}
{% block before %}{% include "present/back_link.html" with href="/" only %}{% endblock %}
{% block rail %}{% include "present/thread_rail.html" with steps=steps only %}{% endblock %}
{% block content %}<h1 class="govuk-heading-xl">What the place needs</h1>
{% figure fig label="of adults are inactive" %}{% quality grade %}
{% chart chart heading_level=2 %}{% chart map heading_level=2 %}
{% include "present/table.html" with table=table only %}
{% include "present/task_list.html" with items=tasks only %}
{% include "present/callout.html" with title="What this cannot tell you" items=limits heading_level="2" only %}
{% endblock %}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under the policy our pages are served under."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def address(tmp_path, make_figure, chart, table) -> Iterator[str]:
    """A page of every component, and where it is served."""
    square = "POLYGON((-2 53,-1.99 53,-1.99 53.01,-2 53.01,-2 53))"
    import shapely

    areas = (AreaShape("E01", "North", shapely.from_wkt(square).wkb, 1.0, href="#north"),)
    context = {
        "fig": make_figure(), "grade": Quality(Grade.C, ("old",)), "chart": chart, "invented": True,
        "map": choropleth(Message("Need", "It is great."), areas, scale=decile_scale()),
        "table": sort_by_request(table, {}), "limits": ["Why."],
        "steps": [{"title": "Needs", "current": True, "count": "3"}, {"title": "Options", "note": "none yet"}],
        "tasks": [{"title": "Choose", "href": "/c", "status": "Not started", "tone": "blue"}],
    }
    (tmp_path / "page.html").write_text(engines["django"].from_string(PAGE).render(context), encoding="utf-8")
    shutil.copytree(Path(web.__file__).parent / "static", tmp_path / "static")
    handler = functools.partial(Quiet, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/page.html"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium; without one these tests are skipped."""
    from playwright.sync_api import Error, sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except Error:
            pytest.skip("no Chromium on this machine")
        yield found
        found.close()


@pytest.mark.journey
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_fits_says_nothing_wrong_and_sorts(browser, address, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.get_by_role("button", name="People").click()
    page.get_by_role("button", name="People").click()
    names = page.locator("table:has-text('Small areas') tbody th").last.text_content()
    assert page.locator("th[aria-sort]").first.get_attribute("aria-sort") == "descending"
    assert page.get_by_text("in order of People, largest first").count() == 1
    assert names == "=SUM(A1)"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.locator(".cw-svg").evaluate_all("all => all.filter(e => e.checkVisibility()).length")
    assert shown == 2
    assert complaints == []
    page.close()


@pytest.mark.journey
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(browser, address, width):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    page.locator("details").evaluate_all("all => all.forEach(e => { e.open = true })")
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.journey
@pytest.mark.promise("N2")
def test_without_script_numbers_still_open(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_text("How we know").first.click()
    assert page.get_by_text("adults aged 16 and over").first.is_visible()
    page.get_by_text("Show the numbers").first.click()
    assert page.get_by_role("columnheader", name="Value").first.is_visible()
    context.close()
