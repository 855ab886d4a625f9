"""What can be found: every stage registers its kinds in a module called `searchable` of its app."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.module_loading import autodiscover_modules

from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Scope:
    """Who may find it: everybody, or those with a permission in one partnership. `invented` is of the example."""

    partnership: UUID | None = None
    permission: Permission | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Doc:
    """One thing that can be found. `title` weighs most; `text` is shown; `more` is only looked in."""

    subject: str
    title: str
    text: str
    href: str
    scope: Scope
    more: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of thing. `docs` gives all of them, or those of some subjects; `visible` asks the stage's rule again.

    `touched` names the records whose deeds change it, each with the way from the subject to that record.
    """

    key: str
    title: str
    docs: Callable[[Collection[str] | None], Iterator[Doc]]
    visible: Callable[[Viewer, Collection[str]], Collection[str]] | None = None
    rows: Callable[[], QuerySet[Any]] | None = None
    touched: Mapping[str, str] = field(default_factory=dict)


_KINDS: dict[str, Kind] = {}


def searchable(kind: Kind) -> Kind:
    """Register a kind."""
    _KINDS[kind.key] = kind
    return kind


@cache
def _find() -> None:
    """Look for them once: every deed asks which kinds there are."""
    autodiscover_modules("searchable")


def kinds() -> dict[str, Kind]:
    """Every kind that is here, in the order of their titles."""
    _find()
    return dict(sorted(_KINDS.items(), key=lambda one: one[1].title))
