"""Guidance for each step of the cycle, smallest acceptable version first, read from content/steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

from commonweal.core.cycle import step_keys
from commonweal.needs.content import parsed, read


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest version that will do, how long it takes, and when it is enough."""

    what: str
    minutes: int
    enough: str

    @property
    def time(self) -> str:
        """How long in words: minutes up to an hour and a half, then hours."""
        if self.minutes <= 90:
            return f"{self.minutes} minutes"
        return f"{self.minutes / 60:g} hours"


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of a checklist; its key stays when its words are mended."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Where to read on; `seen` says how much of it was read for this guidance."""

    title: str
    publisher: str
    where: str
    gives: str
    seen: str
    year: int | None = None

    @property
    def seen_words(self) -> str:
        """How much of it was read, in words."""
        return SEEN[self.seen]

    @property
    def named(self) -> str:
        """Who published it, and when where that is known."""
        return f"{self.publisher}, {self.year}" if self.year else self.publisher


@dataclass(frozen=True, slots=True)
class Question:
    """What a member may ask, what a good answer sounds like, and one to worry about."""

    question: str
    good: str
    worry: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """Five minutes for those who decide: what is theirs to decide, why, what to ask, what to refuse."""

    decides: str
    story: str
    ask: tuple[Question, ...]
    refuse: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepGuidance:
    """What to collect, how, how long, how good it is, and what not to conclude."""

    step: str
    title: str
    smallest: Smallest
    collect: tuple[str, ...]
    how: tuple[str, ...]
    how_long: str
    how_good: tuple[str, ...]
    not_conclude: tuple[str, ...]
    further: tuple[str, ...]
    source: str
    author: str
    checker: str
    next_review: date
    line: str = ""
    commissioner: tuple[str, ...] = ()
    commissioned: tuple[str, ...] = ()
    checklist: tuple[Tick, ...] = ()
    reading: tuple[Reading, ...] = ()
    lesson: Lesson | None = None

    @property
    def checked(self) -> str:
        """Who wrote and checked it, and when it is looked at again."""
        by = f"checked by {self.checker}" if self.checker else "not yet checked by anybody else"
        return f"Written by {self.author}, {by}. To be looked at again by {self.next_review:%-d %B %Y}."


SEEN = {
    "whole": "Read whole for this page.", "part": "Read in part for this page.",
    "contents": "Only its contents were read for this page.", "named": "Named here; not read for this page.",
}


@cache
def step_guidance() -> dict[str, StepGuidance]:
    """The guidance of every step that has one, by the step's key."""
    folder = files("commonweal.needs.content.steps")
    texts = sorted((one.name, one.read_text("utf-8")) for one in folder.iterdir() if one.name.endswith(".yaml"))
    found = [guidance_of(parsed(text, f"steps/{name}")) for name, text in texts]
    return {one.step: one for one in found}


def guidance_of(said: dict[str, Any]) -> StepGuidance:
    """One piece of guidance from its YAML."""
    told: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
    told["smallest"] = Smallest(**said["smallest"])
    for side, lines in told.pop("sides", {}).items():
        told[side] = tuple(lines)
    told["checklist"] = tuple(Tick(**one) for one in said.get("checklist", ()))
    told["reading"] = tuple(Reading(**one) for one in said.get("reading", ()))
    lesson = said.get("lesson")
    told["lesson"] = lesson and Lesson(
        lesson["decides"], lesson["story"], tuple(Question(**one) for one in lesson["ask"]),
        tuple(lesson["refuse"]),
    )
    return StepGuidance(**told)


def in_order() -> tuple[StepGuidance, ...]:
    """Every step's guidance, in the order of the cycle."""
    known = step_guidance()
    return tuple(known[key] for key in step_keys() if key in known)


@cache
def step_of_page(route: str) -> str | None:
    """The step whose guidance a page belongs to, by the name of its route; None where the page is of no step."""
    if any(fnmatchcase(route, pattern) for pattern in read("guidance_of_pages")["none"]):
        return None
    for step, patterns in read("guidance_of_pages")["steps"]:
        if any(fnmatchcase(route, pattern) for pattern in patterns):
            return str(step)
    return None
