"""What waits on an organisation's own pages from stages above: each adds its own, the pages list them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.module_loading import autodiscover_modules

from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One thing for one's own organisation: its words, its page, and why it is there."""

    text: str
    href: str
    why: str = ""


Answer = Callable[[Viewer, UUID], tuple[OwnLine, ...]]

_ANSWERS: dict[str, Answer] = {}


def own_lines(key: str) -> Callable[[Answer], Answer]:
    """Register who adds lines; put it in a module called `own_lines_here` of an installed app."""

    def add(answer: Answer) -> Answer:
        _ANSWERS[key] = answer
        return answer

    return add


def lines_for(viewer: Viewer, partnership: UUID) -> tuple[OwnLine, ...]:
    """All of them, for the organisation the viewer acts for in a partnership."""
    autodiscover_modules("own_lines_here")
    return tuple(one for key in sorted(_ANSWERS) for one in _ANSWERS[key](viewer, partnership))
