"""How a review may end, and the notice that those who deliver are due: read from content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Verdict:
    """One way in which a review ends for an agreement; `notice` says whether those who deliver are due it."""

    title: str
    tone: str
    notice: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """How many months' notice, and where that is written."""

    months: int
    source: str
    where: str
    verification: str

    @property
    def words(self) -> str:
        """The rule with its source, and whether it was checked."""
        mark = "" if self.verification == "V" else " Unchecked: confirm with your legal officer."
        return f"Those who deliver are due {self.months} months' notice ({self.source}. {self.where}).{mark}"


@cache
def verdicts() -> dict[str, Verdict]:
    """Every verdict by its key."""
    return {key: Verdict(**one) for key, one in review_content()["verdicts"].items()}


@cache
def notice() -> Notice:
    """The notice that is due."""
    return Notice(**review_content()["notice"])


@cache
def review_content() -> dict[str, Any]:
    """The whole file."""
    found: dict[str, Any] = yaml.safe_load(
        files("commonweal.measures").joinpath("content/review.yaml").read_text("utf-8"))
    return found
