"""The commissioning cycle as a list of steps, each with an honest status from the stage that answers for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import yaml
from django.utils.module_loading import autodiscover_modules
from django.utils.timezone import localtime

from commonweal.core.viewer import Viewer

CONTENT = Path(__file__).parent / "content" / "cycle.yaml"
NOT_HERE = "Not here yet"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a step stands: a status in words, a tone (done, blue, waiting ...), and where to go on, if anywhere."""

    status: str
    tone: str = ""
    href: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the page lists it."""

    key: str
    title: str
    hint: str
    status: str
    tone: str
    href: str


Answer = Callable[[Viewer, UUID], Standing]

_ANSWERS: dict[str, Answer] = {}


def cycle_step(key: str) -> Callable[[Answer], Answer]:
    """Register who answers for a step; put it in a module called `cycle_steps` of an installed app."""

    def add(answer: Answer) -> Answer:
        if key not in {step["key"] for step in _content()}:
            raise ValueError(f"there is no step called {key} in the cycle")
        _ANSWERS[key] = answer
        return answer

    return add


def cycle_for(viewer: Viewer, partnership: UUID) -> tuple[Step, ...]:
    """Every step of the cycle and how it stands for one partnership."""
    from commonweal.core.queries.steps import closings_of  # here: actions of this floor read the cycle too

    autodiscover_modules("cycle_steps")
    closed = closings_of(viewer, partnership)
    return tuple(_step(viewer, partnership, content, closed.get(content["key"])) for content in _content())


def step_title(key: str) -> str:
    """A step's words."""
    return next((step["title"] for step in _content() if step["key"] == key), "")


def step_keys() -> tuple[str, ...]:
    """The keys of the cycle's steps, in their order."""
    return tuple(step["key"] for step in _content())


def _step(viewer: Viewer, partnership: UUID, content: dict[str, str], closed: datetime | None) -> Step:
    answer = _ANSWERS.get(content["key"])
    standing = answer(viewer, partnership) if answer else Standing(NOT_HERE, "waiting")
    if closed is not None:
        standing = Standing(f"Closed {localtime(closed):%-d %B %Y}", "done", standing.href, standing.hint)
    return Step(
        content["key"], content["title"], standing.hint or content["hint"], standing.status, standing.tone,
        standing.href,
    )


@lru_cache(maxsize=1)
def _content() -> tuple[dict[str, str], ...]:
    return tuple(yaml.safe_load(CONTENT.read_text(encoding="utf-8")))
