"""A stranger asks on a telephone which rules apply; an officer takes a commission from its outcome to its tier."""

from __future__ import annotations

import pytest
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey


def sign_in(walk: Walker, served, email: str) -> None:
    walk.go("/account/login/", invented=False)
    walk.page.get_by_label("E-mail", exact=False).fill(email)
    walk.page.get_by_label("Password", exact=True).fill(served.passwords[email])
    walk.press(walk.page.get_by_role("button", name="Sign in", exact=True))


def told(walk: Walker, deal: str, net: str) -> None:
    page = walk.page
    page.locator(f"input[name=deal][value={deal}]").check()
    page.locator("input[name=what][value=light-touch]").check()
    page.locator("input[name=net]").fill(net)
    page.locator("input[name=vat_rate][value='0.2']").check()


@pytest.mark.parametrize("walk", ["phone"], indirect=True)
def test_a_stranger_learns_which_rules_apply_and_takes_them_along(walk, served):
    walk.go("/", invented=False)
    walk.press(walk.link("Which rules apply?"), invented=False)
    walk.page.locator("input[name=deal][value=contract]").check()
    walk.press(walk.page.get_by_role("button", name="Show the rules"), invented=False)
    assert "Cannot determine yet: tell me what is bought" in walk.page.inner_text("main")
    told(walk, "contract", "£900,000")
    walk.press(walk.page.get_by_role("button", name="Show the rules"), invented=False)
    said = walk.page.inner_text("main")
    assert "reaches the threshold of £663,540" in said
    assert "What would make it lighter" in said
    name, body = walk.take(walk.link("Word"))
    assert (name[:17], body[:2]) == ("which-rules-apply", b"PK")
    walk.press(walk.link("What is often believed, and is not so"), invented=False)
    walk.page.get_by_label("Find by words").fill("grants")
    walk.press(walk.page.get_by_role("button", name="Find", exact=True), invented=False)
    assert "Grants are procurement." in walk.page.inner_text("main")
    walk.go("/rules/notices/", invented=False)


@pytest.mark.parametrize("walk", ["desk"], indirect=True)
def test_an_officer_commissions_in_proportion(walk, served):
    sign_in(walk, served, "officer@larkmere.example")
    walk.press(walk.link("Buy, fund or trade in proportion"))
    home = walk.page.url
    walk.press(walk.link("More evenings and Sundays"))
    assert "Tier 4" in walk.page.inner_text("main")
    walk.press(walk.link("The specification, version 1"))
    assert "Answers nothing. Why is this here?" in walk.page.inner_text("main")
    walk.go(home)
    walk.press(walk.page.get_by_role("button", name="Begin a commission"))
    walk.page.get_by_label("A short name for it").fill("Summer in the parks")
    walk.page.get_by_label("What should it do?").fill("Young people have evenings of their own in summer.")
    walk.page.get_by_label("Where?").fill("Jubilee Park")
    walk.page.get_by_label("Evenings of their own in the parks").check()
    walk.press(walk.page.get_by_role("button", name="Begin"))
    walk.press(walk.link("Say what is known of it"))
    told(walk, "contract", "20,000")
    walk.press(walk.page.get_by_role("button", name="Keep it"))
    assert "asks for two quotes" in walk.page.inner_text("main")
    walk.press(walk.link("Risks, and who could do it"))
    walk.page.get_by_label("Few could, or most are small").check()
    walk.press(walk.page.get_by_role("button", name="See the tier"))
    walk.page.get_by_label("2: Quotes").check()
    walk.press(walk.page.get_by_role("button", name="Choose it"))
    assert "Say why it should be heavier than tier 1" in walk.page.inner_text("main")
    walk.page.get_by_label("1: A letter").check()
    walk.press(walk.page.get_by_role("button", name="Choose it"))
    walk.press(walk.link("No specification yet"))
    walk.press(walk.page.get_by_role("button", name="Write it"))
    grown = walk.page.get_by_label("What should be different?").input_value()
    assert "Young people have something of their own" in grown
    walk.go(f"{home.replace('commissions', 'standing-orders')}enter/")
    walk.go(home)
    assert "Summer in the parks" in walk.page.inner_text("main")
