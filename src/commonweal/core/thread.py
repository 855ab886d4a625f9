"""The thread from evidence to review: every stage registers its own part, and the whole is put together here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.utils.module_loading import autodiscover_modules

from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require

CONTENT = Path(__file__).parent / "content" / "thread.yaml"

Key = tuple[str, str]   # a kind and an id


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing; a `part` is drawn on its own thread alone; `its` names it in the address of its `page`."""

    key: str
    one: str
    many: str
    part: bool = False
    decides: bool = False
    page: str = ""
    its: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the cycle with its kinds."""

    key: str
    title: str
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """When a kind of thing stands alone; see content/thread.yaml."""

    kind: str
    says: str
    answers: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    through: bool = False
    unless_from: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing: its page, how it stands in words, and which version stands (0: it has none) since when.

    `stands` is false for what is over, withdrawn or dropped: it is shown and never called an orphan.
    """

    kind: str
    id: UUID
    title: str
    href: str
    state: str = ""
    on: date | None = None
    version: int = 0
    stands: bool = True

    @property
    def key(self) -> Key:
        """What links name it by."""
        return self.kind, str(self.id)


@dataclass(frozen=True, slots=True)
class Edge:
    """`later` answers `earlier`, and why; `read` is the version that it was made on (0: none).

    A `part` belongs to its whole, and goes with it. What only leads to another does not stand on it (`holds` is
    false), and what goes `back` closes the round: nothing is followed through it.
    """

    later: Key
    earlier: Key
    why: str
    read: int = 0
    part: bool = False
    holds: bool = True
    back: bool = False


@dataclass(frozen=True, slots=True)
class Paid:
    """Money of one thing in one financial year, on a VAT basis."""

    of: Key
    year: str
    pounds: Decimal
    basis: str
    what: str


@dataclass(frozen=True, slots=True)
class Came:
    """At least and at most how many different people in one financial year; never added to another."""

    of: Key
    year: str
    least: int
    most: int
    source: str


@dataclass(frozen=True, slots=True)
class Strand:
    """What one stage knows of the thread."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    paid: tuple[Paid, ...] = ()
    came: tuple[Came, ...] = ()


@dataclass(frozen=True)
class Thread:
    """Everything the viewer may see, and the links between; a link to what they may not see is left out."""

    nodes: dict[Key, Node]
    edges: tuple[Edge, ...]
    paid: tuple[Paid, ...] = ()
    came: tuple[Came, ...] = ()

    @cached_property
    def up(self) -> dict[Key, list[Edge]]:
        """By thing, what it answers."""
        return _grouped((one.later, one) for one in self.edges)

    @cached_property
    def down(self) -> dict[Key, list[Edge]]:
        """By thing, what answers it."""
        return _grouped((one.earlier, one) for one in self.edges)

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        """All of a kind, in the order they were told."""
        return tuple(one for one in self.nodes.values() if one.kind == kind)


Answer = Callable[[Viewer, UUID], Strand]

_ANSWERS: dict[str, Answer] = {}


def strand_of(key: str) -> Callable[[Answer], Answer]:
    """Register who tells a strand of the thread; put it in a module called `threads` of an installed app."""

    def add(answer: Answer) -> Answer:
        _ANSWERS[key] = answer
        return answer

    return add


def thread_for(viewer: Viewer, partnership: UUID) -> Thread:
    """The whole thread of one partnership, for those who see evidence."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    autodiscover_modules("threads")
    return assembled(_ANSWERS[key](viewer, partnership) for key in sorted(_ANSWERS))


def assembled(strands: Iterable[Strand]) -> Thread:
    """Strands put together, things in the order of the stages."""
    told = tuple(strands)
    order = {kind.key: at for at, kind in enumerate(kinds().values())}
    every = sorted((node for one in told for node in one.nodes), key=lambda node: order[node.kind])
    nodes = {node.key: node for node in every}
    edges = dict.fromkeys(
        edge for one in told for edge in one.edges if edge.later in nodes and edge.earlier in nodes)
    return Thread(
        nodes, tuple(edges), tuple(paid for one in told for paid in one.paid if paid.of in nodes),
        tuple(came for one in told for came in one.came if came.of in nodes),
    )


def _grouped(pairs: Iterable[tuple[Key, Edge]]) -> dict[Key, list[Edge]]:
    found: dict[Key, list[Edge]] = defaultdict(list)
    for key, edge in pairs:
        found[key].append(edge)
    return dict(found)


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    return dict(yaml.safe_load(CONTENT.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def stages() -> tuple[Stage, ...]:
    """The stages of the thread in their order."""
    return tuple(
        Stage(one["key"], one["title"], tuple(Kind(**kind) for kind in one["kinds"]))
        for one in _content()["stages"]
    )


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Every kind by its key, in the order of the stages."""
    return {kind.key: kind for stage in stages() for kind in stage.kinds}


@lru_cache(maxsize=1)
def kinds_by_page() -> dict[str, Kind]:
    """The kinds that have a page of their own, by its route."""
    return {kind.page: kind for kind in kinds().values() if kind.page}


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """When a thing stands alone."""
    lists = ("answers", "answered_by")
    return tuple(
        Rule(**one | {key: tuple(one.get(key, ())) for key in lists}) for one in _content()["orphans"])


@lru_cache(maxsize=1)
def unknown() -> tuple[str, ...]:
    """What no link is kept for."""
    return tuple(_content()["unknown"])
