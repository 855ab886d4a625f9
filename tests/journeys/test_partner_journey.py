"""Somebody of the invented partnership signs in, looks round, and brings a file."""

from __future__ import annotations

import pytest
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey

SWIMS = (
    "District code,District,Period,Swims per head\r\n"
    "Z07000001,Larkmere,2023/24,4.2\r\n"
    "Z07000002,Thornmarsh,2023/24,5.1\r\n"
)


def sign_in(walk: Walker, served, email: str) -> None:
    walk.go("/account/login/", invented=False)
    walk.page.get_by_label("E-mail", exact=False).fill(email)
    walk.page.get_by_label("Password", exact=True).fill(served.passwords[email])
    walk.press(walk.page.get_by_role("button", name="Sign in", exact=True))


def bring(walk: Walker, name: str, text: str) -> None:
    walk.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )
    walk.press(walk.page.get_by_role("button", name="Bring this file"))


def wait_for_outcome(walk: Walker) -> None:
    """Ask again, as somebody waiting does, until the file has been read; then see what became of it."""
    outcome = walk.page.get_by_role("button", name="See what became of the file")
    for _ in range(120):
        if outcome.count():
            walk.press(outcome)
            return
        walk.page.wait_for_timeout(500)
        walk.page.reload()
    raise AssertionError(f"The file was never read: {walk.page.inner_text('main')}")


@pytest.mark.parametrize("walk", ["desk", "phone"], indirect=True)
def test_an_officer_looks_round_and_brings_a_file(walk, served):
    sign_in(walk, served, "officer@larkmere.example")
    assert "Larkmere Culture and Sport Partnership" in walk.page.inner_text("h1")
    home = walk.page.url
    walk.go("/jobs/", invented=False)
    walk.go("/data/example/")
    walk.press(walk.page.locator("main a[href*='/data/example/']").first)
    walk.go(home)
    walk.press(walk.link("Bring a file"))
    bring(walk, "swims.csv", SWIMS)
    wait_for_outcome(walk)
    assert walk.page.locator("h1").inner_text() == "swims.csv"
    assert "Waits for you" in walk.page.inner_text("main")
    walk.press(walk.page.get_by_role("button", name="Say what the columns are"))
    assert "Swims per head" in walk.page.inner_text("main")


def test_the_example_can_be_seen_through_other_eyes(walk):
    walk.go("/example/")
    walk.press(walk.page.get_by_role("button", name="Look round as Tom Okafor"))
    assert "Larkmere Culture and Sport Partnership" in walk.page.inner_text("h1")
    walk.press(walk.page.locator("main").get_by_role("link", name="Larkmere", exact=True).first)
    walk.go("/account/", invented=False)
