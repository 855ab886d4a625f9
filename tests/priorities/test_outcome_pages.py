"""Outcomes by hand: from the partnership's home to a target with its path, as Word, as data."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from tests.world import signed_in

from commonweal.core import clock
from commonweal.priorities.models import Outcome

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FORM = {"title": "More girls dance", "statement": "More girls dance each week.", "who": "Girls",
        "where": "Marsh End", "level": "service"}
AIM = {"baseline": "21", "baseline_on_day": "1", "baseline_on_month": "4", "baseline_on_year": "2026",
       "baseline_source": "Survey", "target": "24", "target_on_day": "1", "target_on_month": "4",
       "target_on_year": "2029", "minimum_change": "5.05"}


@pytest.fixture
def browser(world, settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield signed_in(world.admin())


def words(answer):
    return answer.content.decode()


@pytest.mark.promise("O1")
def test_by_hand_from_the_home_to_a_target(world, browser):
    key = world.partnership.pk
    home = reverse("priorities:outcomes", args=[key])
    assert home in words(browser.get(reverse("web:partnership", args=[key])))
    assert "No outcome is written yet" in words(browser.get(home))
    page = browser.post(reverse("priorities:outcome-write", args=[key]), FORM, follow=True)
    row = Outcome.objects.get()
    assert "Nobody could say whether it came about" in words(page)
    chosen = browser.post(reverse("priorities:target-choose", args=[key, row.pk]),
                          {"measure": "ni-2008/NI8", "place": "Testshire"})
    form = words(browser.get(chosen.url))
    assert "12 or more of the last 28 days" in form
    assert "5.05" in form
    page = words(browser.post(chosen.url, AIM, follow=True))
    for said in ("From 21%", "24% by 1 April 2029", "could be chance", "<svg", "Apr 2028"):
        assert said in page
    assert browser.get(reverse("priorities:outcomes-file", args=[key, "docx"])).content[:2] == b"PK"
    told = browser.get(f"/api/partnerships/{key}/outcomes").json()
    assert [one["title"] for one in told] == ["More girls dance"]
    assert told[0]["targets"][0]["indicator"] == "ni-2008/NI8"
    both = words(browser.post(chosen.url.replace("Testshire", "Otherham"), AIM, follow=True))
    assert "Adults in sport and active recreation, Otherham" in both
    assert "never one line" in both


@pytest.mark.parametrize(("change", "said"), [
    ({"target": "NaN"}, "must be a number"), ({"target": "9" * 40}, "digits"),
    ({"target": ""}, "Where should it be?"),
    ({"baseline_on_month": "13"}, "real date"), ({"baseline_source": "x" * 10_000}, "300"),
])
def test_what_cannot_be_a_target_is_said_on_the_form(world, browser, change, said):
    key = world.partnership.pk
    browser.post(reverse("priorities:outcome-write", args=[key]), FORM)
    address = reverse("priorities:target-set", args=[key, Outcome.objects.get().pk])
    answer = browser.post(f"{address}?measure=ni-2008/NI8&place=%00x&over=nonsense", {**AIM, **change})
    assert answer.status_code == 200
    assert said in words(answer)


@pytest.mark.parametrize("change", [
    {"title": "x\0y"}, {"level": "top"}, {"statement": "x" * 10_000},
])
def test_what_cannot_be_an_outcome_is_said_on_the_form(world, browser, change):
    answer = browser.post(reverse("priorities:outcome-write", args=[world.partnership.pk]), {**FORM, **change})
    assert answer.status_code == 200
    assert "There is a problem" in words(answer)


def test_frameworks_are_open_and_say_what_is_not_known(client, db):
    page = words(client.get(reverse("priorities:frameworks")))
    for said in ("National indicators of 2008", "No longer in force", "Not known:", "never one line"):
        assert said in page
    assert len(client.get("/api/frameworks").json()) == 6
