"""The kinds of long work there are; each stage registers its own."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.module_loading import autodiscover_modules

from commonweal.core.errors import NotFound
from commonweal.core.jobs.handle import Handle

Work = Callable[[Handle], str]

_KINDS: dict[str, Work] = {}


def job_kind(name: str) -> Callable[[Work], Work]:
    """Register a function as the work of one kind: it is handed a Handle and gives the closing sentence.

    Put it in a module called `background` of an installed app; it must be safe to run again from its
    resume point, because a worker that dies is followed by another.
    """

    def add(work: Work) -> Work:
        if _KINDS.get(name, work) is not work:
            raise ValueError(f"two kinds of work are called {name}")
        _KINDS[name] = work
        return work

    return add


def work_of(kind: str) -> Work:
    """The work of a kind; NotFound when no installed stage knows it."""
    if kind not in _KINDS:
        autodiscover_modules("background")
    if kind not in _KINDS:
        raise NotFound(f"Nothing here knows how to do '{kind}'. Was a part of Commonweal taken out?")
    return _KINDS[kind]
