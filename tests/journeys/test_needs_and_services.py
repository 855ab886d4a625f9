"""A service that always ran is recorded, set beside every need and asked why; then spend and reach are read."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.journey
TOLD = {
    "run_by": "Larkmere District Council", "areas": "Harbor", "spend": "£18,000", "spend_year": "2025/26",
    "spend_source": "Revenue outturn", "since": "1962",
}


def signed_in(walk, served):
    walk.page.goto("/account/login/")
    walk.page.fill("[name=login]", "officer@larkmere.example")
    walk.page.fill("[name=password]", served.passwords["officer@larkmere.example"])
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Sign in", exact=True).click()
    walk.press(walk.link("Needs and services"))


def kept(walk):
    walk.press(walk.page.locator("main").get_by_role("button", name="Keep it"))


def says(walk, *words):
    shown = walk.page.inner_text("main")
    for said in words:
        assert said in shown, said


@pytest.mark.promise("N9")
@pytest.mark.parametrize("walk", ["desk", "phone"], indirect=True)
def test_from_what_always_ran_to_the_question_and_the_map(walk, served):
    name = f"Tea dances {walk.width}"
    signed_in(walk, served)
    says(walk, "Dance near home. Every service was looked at; none answers it.", "Civic concerts, since 1951")
    assert walk.page.locator("table").get_by_text("Partly").count() >= 1
    walk.press(walk.page.get_by_role("button", name="Record a service"))
    kept(walk)
    says(walk, "There is a problem", "Choose at least one theme")
    for field, value in {**TOLD, "name": name}.items():
        walk.page.fill(f"[name={field}]", value)
    walk.page.get_by_label("Disability and growing older").check()
    walk.page.get_by_label("It always has").check()
    kept(walk)
    says(walk, "Did you mean Harbour?")
    walk.page.fill("[name=areas]", "Harbour")
    kept(walk)
    for at in range(4):
        walk.page.locator(f"[name=answers_{at}][value={'part' if at == 1 else 'none'}]").check()
    walk.page.fill("[name=how_1]", "Sunday afternoons, twice a month; we counted who comes alone.")
    kept(walk)
    walk.page.fill("[name=would_justify]", "More people over 60 who live alone would have to come by themselves.")
    walk.page.fill("[name=asked_by]", "Nobody we know of")
    for part, value in {"day": "1", "month": "6", "year": "2030"}.items():
        walk.page.fill(f"[name=review_{part}]", value)
    kept(walk)
    says(walk, "It is said to answer 1 of 4 needs written here", "Looked at again by 1 June 2030")
    walk.press(walk.page.get_by_role("link", name="Needs and services").first)
    says(walk, f"{name}, since 1962", "served in part", "no service")
    file, body = walk.take(walk.link("An annex, to edit"))
    assert "invented" in file
    assert body.startswith(b"PK")
    walk.press(walk.link("Spend beside need"))
    says(walk, "would go elsewhere if it lay as need does", "What may not be concluded")
    walk.press(walk.page.get_by_role("link", name="Needs and services").first)
    walk.press(walk.link("Need beside what is in reach in Larkmere"))
    says(walk, "live where need is greatest and little is in reach", "Less need is not no need")
    walk.page.get_by_label("How they go").select_option("car")
    walk.press(walk.page.get_by_role("button", name="Show"))
    says(walk, "within 20 minutes by car")
