"""Walking through pages as a person does, and looking at each one on the way."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

SLIPS = re.compile(r".{0,40}(?:\bnan\b|\bNaN\b|\bNone\b(?!\.| yet)|\bundefined\b|\{\{|\{%|\w  +\w).{0,40}")
DRIVER = "[.WebGL"  # of a machine without a graphics card: slow, not wrong
LOOKED_AT: set[tuple[int, str, str]] = set()
NAMED = re.compile(r"[0-9a-f-]{36}|\b[A-Z]\d{8}\b|\d+")  # what an address names: ids, codes, numbers
KIND = """() => [...new Set([...document.querySelectorAll('*')].map((one) => [one.tagName, one.className.baseVal ??
    one.className, one.getAttribute('role'), one.getAttribute('aria-live'), one.hasAttribute('open')].join(' ')))]
    .sort().join('|')"""  # what a page is built of, whatever it says
EXPECTED = "Failed to load resource: the server responded with a status of 404"


@dataclass
class Walker:
    """One person's browser; everything wrong on a page is gathered, and fails the journey at its end."""

    page: Any
    width: int
    second: Any = None  # a page with scripts to run axe in, where this one has none
    complaints: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    missing_expected: bool = False  # the journey goes where nothing is, on purpose

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._complain(f"script failed: {error}"))

    def go(self, address: str, *, invented: bool = True) -> None:
        """Open an address."""
        self.page.goto(address)
        self.look(invented=invented)

    def press(self, target: Any, *, invented: bool = True) -> None:
        """Follow a link or press a button that leads to another page."""
        with self.page.expect_navigation():
            target.click()
        self.look(invented=invented)

    def link(self, words: str | re.Pattern[str]) -> Any:
        """The first link of the page's own content with these words, also where a home folds it away."""
        folded = self.page.locator("main .cw-ways:not([open]) > summary")
        while folded.count():
            folded.first.click()
        return self.page.locator("main").get_by_role("link", name=words).first

    def take(self, target: Any) -> tuple[str, bytes]:
        """Download a file: its name and its bytes."""
        with self.page.expect_download() as download:
            target.click()
        return download.value.suggested_filename, Path(download.value.path()).read_bytes()

    def look(self, *, invented: bool = True) -> None:
        """Everything any page must be, whatever it is about."""
        self.seen.append(self.page.url)
        self._need(self.page.locator("h1").count() == 1, "does not have one h1")
        self._need(bool(self.page.title().strip()), "has no title")
        self._need(self.page.locator("main").count() == 1, "does not have one main")
        if invented:
            self._need(self.page.get_by_text("Invented example").count() > 0, "does not say it is invented")
        for slip in SLIPS.findall(self.page.inner_text("body")):
            self._complain(f"shows {slip!r}")
        across = self._measure("document.documentElement.scrollWidth")
        self._need(across <= self.width, f"is {across} wide in a window of {self.width}")
        for broken in self._axe():
            self._complain(f"axe: {broken}")

    def _measure(self, what: str) -> int:
        return int(self.page.evaluate(what))

    def _axe(self) -> list[str]:
        """What axe finds on a page of a kind not seen before at this width; in the soak run, on every page."""
        kind = (self.width, NAMED.sub("", urlsplit(self.page.url).path), self.page.evaluate(KIND))
        if kind in LOOKED_AT and not os.environ.get("COMMONWEAL_EVERY_PAGE"):
            return []
        LOOKED_AT.add(kind)
        page = self.second or self.page
        if self.second:
            self.second.context.add_cookies(self.page.context.cookies())
            self.second.goto(self.page.url)
        found = Axe().run(page).response["violations"]
        return [f"{one['id']} at {[node['target'] for node in one['nodes']][:3]}" for one in found]

    def _console(self, said: Any) -> None:
        if said.type not in {"error", "warning"} or said.text.startswith(DRIVER):
            return
        if not (self.missing_expected and said.text.startswith(EXPECTED)):
            self._complain(f"console: {said.text}")

    def _need(self, held: bool, otherwise: str) -> None:
        if not held:
            self._complain(otherwise)

    def _complain(self, what: str) -> None:
        self.complaints.append(f"{self.page.url}: {what}")
