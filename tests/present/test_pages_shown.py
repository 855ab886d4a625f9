from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import get_template, render_to_string

from commonweal import present
from commonweal.core.figure import Grade, Quality
from commonweal.present.table_view import sort_by_request

FOLDER = Path(present.__file__).parent / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))


def draw(body: str, **context: object) -> str:
    loaded = body if body.startswith("{% extends") else "{% load commonweal %}" + body
    return engines["django"].from_string(loaded).render(context)


def part(name: str, /, **context: object) -> str:
    return render_to_string(f"present/{name}.html", context)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_sound_and_keeps_the_policy(name):
    get_template(name)
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|\|safe|hx-on", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_a_page_has_its_landmarks_and_a_way_past_them():
    page = draw('{% extends "present/page.html" %}{% block title %}A place{% endblock %}'
                '{% block content %}<h1>Hello</h1>{% endblock %}',
                navigation=[{"text": "Start", "href": "/", "current": True}], contact_name="Asha",
                contact_phone="0151 496 0000")
    assert '<html lang="en-GB"' in page
    assert "<title>A place - Commonweal</title>" in page
    assert page.index('href="#main-content"') < page.index("<header>") < page.index('id="main-content"')
    assert page.count("<main") == page.count("<footer") == page.count("<header>") == 1
    assert 'aria-current="page"' in page
    for words in ("Accessibility", "Tell us what is wrong", "Licences and sources", "Asha"):
        assert words in page
    assert 'href="tel:01514960000"' in page
    assert "crown" not in page.lower()
    assert "Invented" not in page


def test_the_invented_example_says_so():
    assert "Invented example" in draw('{% extends "present/page.html" %}', invented=True)


def test_a_council_may_bring_its_own_brand():
    assert '<link rel="stylesheet" href="/static/ours.css">' in draw(
        '{% extends "present/page.html" %}', brand_css="/static/ours.css"
    )


@pytest.mark.promise("N2")
def test_a_number_opens_to_what_it_rests_on_without_script(make_figure):
    html = draw('{% figure fig label="of adults are inactive" %}', fig=make_figure())
    assert html.strip().startswith("<details")
    for words in ("27.2%", "of adults are inactive", "adults aged 16 and over", "498", "Between 24.1% and 30.5%",
                  "Nov 2024 to Nov 2025", "A publisher", "Share as published (version 1)", "B, strong"):
        assert words in html, words


def test_what_is_missing_is_said_as_large(make_figure):
    html = draw("{% figure fig %}", fig=make_figure(None, missing="not asked", lower=None, upper=None))
    assert '<span class="cw-figure__value">not asked</span>' in html


def test_figures_and_grades_are_words(make_figure):
    figure = make_figure(25.0)
    assert draw("{{ fig|spoken }}, {{ fig|one_in }}, {{ fig|interval }}", fig=figure) == (
        "25.0%, 1 in 4, between 24.1% and 30.5%"
    )
    assert "very weak" in draw("{% quality q %}", q=Quality(Grade.E, ("old",)))
    assert "n = 498" in draw("{{ fig|in_brief }}", fig=figure)
    assert draw("{{ names|listed }}", names=["a", "b"]) == "a and b"
    assert "A publisher" in draw("{{ fig.source|citation }}", fig=figure)


def test_a_chart_comes_with_its_sentence_and_its_table(chart):
    html = draw("{% chart c heading_level=2 downloads=d %}", c=chart, d=[{"text": "CSV", "href": "/x.csv"}])
    assert "More are inactive &lt;here&gt; &amp; there</h2>" in html
    assert html.count("<svg") == 2
    assert html.count("cw-svg--narrow") == 1
    assert '<th scope="row"' in html
    assert "Source: A publisher, 2026" in html
    assert 'href="/x.csv"' in html
    identities = re.findall(r'\sid="([^"]+)"', html)
    assert len(identities) == len(set(identities))


def test_a_table_is_one_a_screen_reader_can_walk(table):
    html = part("table", table=sort_by_request(table, {"sort": "-2"}))
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 3
    assert "<caption" in html
    assert 'aria-sort="descending"' in html
    assert 'href="?sort=2"' in html
    assert "in order of People, largest first" in html
    assert "suppressed to protect people" in html
    assert html.index("South") < html.index("North")


def test_components_draw_what_they_are_given():
    tasks = [{"title": "Choose", "href": "/c", "hint": "Soon", "status": "Done", "tone": "done"},
             {"title": "Wait", "status": "Cannot start yet", "tone": "waiting"},
             {"title": "Read", "href": "/r", "status": "Not started", "tone": "blue"}]
    html = part("task_list", items=tasks)
    assert 'aria-describedby="task-1-hint task-1-status"' in html
    assert "govuk-tag--blue" in html
    assert html.count("govuk-task-list__link") == 2
    rows = [{"key": "Asked", "value": "Not asked", "missing": True, "actions": [{"href": "/a", "text": "Change"}]}]
    html = part("summary_list", rows=rows, title="About")
    assert "cw-unknown" in html
    assert 'Change<span class="govuk-visually-hidden"> Asked</span>' in html
    steps = [{"title": "Needs", "current": True}, {"title": "Options", "note": "no option yet"}]
    html = part("thread_rail", steps=steps)
    assert 'aria-current="page"' in html
    assert "no option yet" in html
    html = part("pagination", page=Paginator(range(300), 10).page(7), base="?q=a&page=")
    assert 'href="?q=a&amp;page=8" rel="next"' in html
    assert part("pagination", page=Paginator(range(3), 10).page(1)).strip() == ""
    assert "role=\"alert\"" in part("notification_banner", text="Saved", success=True)
    assert 'role="button"' in part("button", text="Go", href="/go", start=True)
    assert "<button" in part("button", text="Go")


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("tag", {"text": "<x>"}),
        ("inset", {"text": "<x>"}),
        ("details", {"summary": "<x>", "text": "<x>"}),
        ("callout", {"title": "<x>", "items": ["<x>"]}),
        ("notification_banner", {"text": "<x>"}),
        ("breadcrumbs", {"items": [{"text": "<x>", "href": "/"}]}),
        ("contact", {"name": "<x>", "phone": "<x>"}),
        ("error_summary", {"errors": [{"text": "<x>", "href": "#a"}]}),
        ("downloads", {"items": [{"text": "<x>", "href": "/", "detail": "<x>"}]}),
        ("contents", {"items": [{"text": "<x>", "href": "#a"}]}),
        ("headings_as_tabs", {"items": [{"text": "<x>", "href": "#a", "current": True}]}),
        ("phase_banner", {"phase": "<x>", "text": "<x>"}),
        ("invented_banner", {"text": "<x>"}),
    ],
)
def test_words_given_to_components_are_escaped(name, context):
    html = part(name, **context)
    assert "<x>" not in html
    assert "&lt;x&gt;" in html
