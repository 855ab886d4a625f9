"""The kinds of long work there are; each stage registers its own."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.module_loading import autodiscover_modules

from commonweal.core.errors import NotFound
from commonweal.core.jobs.handle import Handle
from commonweal.core.permissions import Permission

Work = Callable[[Handle], str]

_KINDS: dict[str, Work] = {}
_ASKING: dict[str, Permission] = {}


def job_kind(name: str, *, asking: Permission = Permission.UPLOAD) -> Callable[[Work], Work]:
    """Register a function as the work of one kind: it is handed a Handle and gives the closing sentence.

    Put it in a module called `background` of an installed app; it must be safe to run again from its
    resume point, because a worker that dies is followed by another. `asking` is the permission that asking for
    it in a partnership takes: bringing a file, unless the kind says otherwise.
    """

    def add(work: Work) -> Work:
        if _KINDS.get(name, work) is not work:
            raise ValueError(f"two kinds of work are called {name}")
        _KINDS[name], _ASKING[name] = work, asking
        return work

    return add


def asking_takes(kind: str) -> Permission:
    """The permission that asking for work of a kind takes in a partnership."""
    if kind not in _KINDS:
        autodiscover_modules("background")
    return _ASKING.get(kind, Permission.UPLOAD)


def work_of(kind: str) -> Work:
    """The work of a kind; NotFound when no installed stage knows it."""
    if kind not in _KINDS:
        autodiscover_modules("background")
    if kind not in _KINDS:
        raise NotFound(f"Nothing here knows how to do '{kind}'. Was a part of Commonweal taken out?")
    return _KINDS[kind]
