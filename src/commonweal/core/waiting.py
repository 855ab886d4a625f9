"""What waits for somebody in a partnership: every stage adds its own, and the home page lists them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.module_loading import autodiscover_modules

from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do, and the page where it is done; the most `urgent` stand first.

    What is `private` is about somebody: it stands on one's own pages, and on no paper that others read.
    """

    title: str
    href: str
    status: str
    tone: str
    hint: str = ""
    urgent: bool = False
    private: bool = False


Answer = Callable[[Viewer, UUID], tuple[Waiting, ...]]

_ANSWERS: dict[str, Answer] = {}


def waits(key: str) -> Callable[[Answer], Answer]:
    """Register who tells what waits; put it in a module called `waiting` of an installed app."""

    def add(answer: Answer) -> Answer:
        _ANSWERS[key] = answer
        return answer

    return add


def waiting_for(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Everything that waits for the viewer in one partnership, urgent things first."""
    autodiscover_modules("waiting")
    found = [one for key in sorted(_ANSWERS) for one in _ANSWERS[key](viewer, partnership)]
    return tuple(sorted(found, key=lambda one: not one.urgent))
