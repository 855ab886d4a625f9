"""Take the pictures of the docs: every stop of the tour on a desk, a club's one screen on a telephone.

They are taken by hand (`make screenshots`) from an example that is being served, never in CI: the example's days
move with the calendar. WebP is asked of the browser itself, and made smaller until a picture has at most 60 kB.
"""

from __future__ import annotations

import argparse
import base64
import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Error, Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
TOUR = Path(__file__).resolve().parent.parent / "src/commonweal/web/content/tour.yaml"
MOST_BYTES = 60_000
DESK, PHONE = {"width": 1120, "height": 1000}, {"width": 320, "height": 900}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def taken(page: Page, to: Path) -> None:
    """What stands in the window, as small as it has to be."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.getElementById('main-content').scrollIntoView()")
    session = page.context.new_cdp_session(page)
    for quality in (70, 55, 40, 25, 12):
        found = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        body = base64.b64decode(found["data"])
        if len(body) <= MOST_BYTES:
            break
    to.write_bytes(body)
    print(f"{to.name}: {len(body) / 1000:.0f} kB at quality {quality}")


def tour(page: Page, address: str, to: Path) -> None:
    """From its beginning by its own buttons, a picture a stop."""
    page.goto(f"{address}/tour/")
    stops = [one.get_attribute("action") or "" for one in page.query_selector_all(".cw-tour-stops form")]
    if not stops:
        raise SystemExit("The tour can be walked only where the example is served, on this computer.")
    page.get_by_role("button", name="Begin the tour").click()
    for number, action in enumerate(stops):
        key = re.findall(r"[a-z-]+", action)[-1]
        taken(page, to / f"tour-{number + 1:02}-{key}.webp")
        if number + 1 < len(stops):
            page.get_by_role("button", name=re.compile("^Next:")).click()
    page.get_by_role("button", name="Back to the list of stops").click()


def club(page: Page, address: str, to: Path) -> None:
    """An organisation that delivers, on a telephone."""
    page.goto(f"{address}/example/")
    page.locator("form", has_text="Dafydd Rees").get_by_role("button").click()
    page.get_by_role("link", name="Our organisation on one screen").click()
    taken(page, to / "one-screen.webp")


def page_of_pictures() -> str:
    """The tour's own words under its pictures; Markdown."""
    told = yaml.safe_load(TOUR.read_text("utf-8"))
    stops = "\n".join(
        f"## {number}. {one['title']}\n\n{one['look']}\n\n"
        f"![{one['title']}: the page at this stop](pictures/tour-{number:02}-{one['key']}.webp)\n"
        for number, one in enumerate(told["stops"], start=1))
    return (
        "# The tour in pictures\n\nLarkmere, its people and every figure are invented. `make screenshots` takes "
        "these pictures and writes this page\nfrom the tour's own words; walk it yourself at `/tour/` "
        f"([the worked example](worked-example.md)).\n\n{stops}\n## On a telephone\n\nWhat waits for an "
        "organisation, what is coming, what it sent, on one screen ([how](follow-the-thread.md)).\n\n"
        "![An organisation's own page on a telephone](pictures/one-screen.webp)\n")


def main() -> None:
    """Take them all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--at", default="http://127.0.0.1:8000", help="where `make run` serves the example")
    asked.add_argument("--to", type=Path, default=PICTURES)
    given = asked.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for walk, window in ((tour, DESK), (club, PHONE)):
            look: dict[str, Any] = {"viewport": window, "locale": "en-GB"}
            page = browser.new_context(**look).new_page()
            try:
                page.goto(given.at)
            except Error:
                raise SystemExit(f"Nothing answers at {given.at}. Begin with `make run`.") from None
            walk(page, given.at, given.to)
        browser.close()
    if given.to == PICTURES:
        (PICTURES.parent / "tour-in-pictures.md").write_text(page_of_pictures(), "utf-8")


if __name__ == "__main__":
    main()
