"""The needs a partnership may look for answers to: a stage above tells of them, the directory finds who could."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.module_loading import autodiscover_modules

from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class NeedAsked:
    """One need: its title, and the kinds of activity that could answer it."""

    id: UUID
    title: str
    classes: tuple[str, ...]


Answer = Callable[[Viewer, UUID], tuple[NeedAsked, ...]]

_ANSWERS: dict[str, Answer] = {}


def needs_asked(key: str) -> Callable[[Answer], Answer]:
    """Register who tells of needs; put it in a module called `needs_asked_here` of an installed app."""

    def add(answer: Answer) -> Answer:
        _ANSWERS[key] = answer
        return answer

    return add


def needs_of(viewer: Viewer, partnership: UUID) -> tuple[NeedAsked, ...]:
    """Those the viewer may see for which the directory knows what could answer them."""
    autodiscover_modules("needs_asked_here")
    return tuple(one for key in sorted(_ANSWERS) for one in _ANSWERS[key](viewer, partnership) if one.classes)
