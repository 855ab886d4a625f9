"""The ways on from a partnership's home, beside the cycle: every stage adds its own under a shared heading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.module_loading import autodiscover_modules

from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class HomeLink:
    """One way on: its heading, its words, its page, and how much is there (`count`, in words)."""

    heading: str
    text: str
    href: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class HomeSection:
    """The ways on under one heading."""

    key: str
    title: str
    links: tuple[HomeLink, ...]
    folded: bool = False


HEADINGS = (
    ("yours", "For you"),
    ("need", "Evidence and need"),
    ("choosing", "Outcomes and options"),
    ("buying", "Buying, funding and agreements"),
    ("learning", "Returns and difference"),
    ("people", "People"),
    ("telling", "Telling others"),
)
FOLDS_ABOVE = 12  # so many links together can be taken in; beyond, those that are not one's own are folded away

Answer = Callable[[Viewer, UUID], tuple[HomeLink, ...]]

_ANSWERS: dict[str, Answer] = {}


def home_links(key: str) -> Callable[[Answer], Answer]:
    """Register who adds ways on; put it in a module called `ways` of an installed app."""

    def add(answer: Answer) -> Answer:
        _ANSWERS[key] = answer
        return answer

    return add


def home_sections(viewer: Viewer, partnership: UUID) -> tuple[HomeSection, ...]:
    """The headings that have anything for this viewer."""
    autodiscover_modules("ways")
    found = [link for key in sorted(_ANSWERS) for link in _ANSWERS[key](viewer, partnership)]
    many = len(found) > FOLDS_ABOVE
    sections = (
        HomeSection(key, title, tuple(link for link in found if link.heading == key), many and key != "yours")
        for key, title in HEADINGS
    )
    return tuple(section for section in sections if section.links)
