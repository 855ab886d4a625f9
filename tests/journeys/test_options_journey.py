"""An officer reads which option wins for whom, tries other weights, and opens the ways to run a service."""

from __future__ import annotations

import pytest
from tests.journeys.test_partner_journey import sign_in
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey


def through_the_appraisal(walk: Walker, home: str) -> None:
    """From the partnership's home to the answer, other weights, the gates and the decision."""
    walk.go(home)
    walk.press(walk.link("Options: who could run it, and how"))
    walk.press(walk.link("Libraries from 2028"))
    appraisal, main = walk.page.url, walk.page.locator("main")
    assert "The groups differ" in main.inner_text()
    points = walk.page.get_by_label("Company on Sundays")
    points.fill("100")
    if walk.second is None:                              # with scripts it answers where it stands
        walk.page.get_by_text("County with hours moved to need is first under these weights").wait_for()
        walk.look()
    else:
        walk.press(walk.page.get_by_role("button", name="Show"))
        assert "County with hours moved to need is first" in main.inner_text()
    for words in ("Gates", "Scores", "Weights of each group", "Criteria and their ends"):
        walk.go(appraisal)
        main.get_by_text("What was done, step by step").click()
        walk.press(walk.link(words))
    walk.go(appraisal)
    walk.press(walk.link("read the decision"))
    assert "What a specification is written on" in main.inner_text()


@pytest.mark.parametrize("walk", ["desk", "phone"], indirect=True)
def test_which_option_wins_is_read_and_tried(walk, served):
    sign_in(walk, served, "officer@larkmere.example")
    through_the_appraisal(walk, walk.page.url)
    walk.go("/ways-to-run-a-service/?service=libraries&aim=voice", invented=False)
    walk.press(walk.link("Community-run library"), invented=False)
