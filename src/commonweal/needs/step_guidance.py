"""Guidance for each step of the cycle, smallest acceptable version first, read from content/steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from commonweal.needs.content import parsed


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

    @property
    def checked(self) -> str:
        """Who wrote and checked it, and when it is looked at again."""
        by = f"checked by {self.checker}" if self.checker else "not yet checked by anybody else"
        return f"Written by {self.author}, {by}. To be looked at again by {self.next_review:%-d %B %Y}."


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
    return StepGuidance(**told)
