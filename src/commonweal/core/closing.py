"""What keeps a step of the cycle from being closed without a word: each stage names its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.module_loading import autodiscover_modules

from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class StillOpen:
    """One thing not yet answered at a step, and the page where it is."""

    title: str
    href: str


Answer = Callable[[Viewer, UUID, str], tuple[StillOpen, ...]]

_ANSWERS: dict[str, Answer] = {}


def holds_open(key: str) -> Callable[[Answer], Answer]:
    """Register who tells what is still open at a step; put it in a module called `closing` of an installed app."""

    def add(answer: Answer) -> Answer:
        _ANSWERS[key] = answer
        return answer

    return add


def still_open(viewer: Viewer, partnership: UUID, step: str) -> tuple[StillOpen, ...]:
    """Everything that is open at a step, as every stage tells it."""
    autodiscover_modules("closing")
    return tuple(one for key in sorted(_ANSWERS) for one in _ANSWERS[key](viewer, partnership, step))
