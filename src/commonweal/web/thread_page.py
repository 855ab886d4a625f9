"""The thread set out for reading: whole, or from one thing; the same for page, document and data interface."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from commonweal.core.errors import NotFound
from commonweal.core.thread import Edge, Key, Kind, Node, Thread, kinds, rules, stages, thread_for, unknown
from commonweal.core.thread_walk import (
    Overtaken,
    Since,
    after,
    before,
    changed_since,
    falls,
    leans,
    orphans,
    overtaken,
    since_decided,
)
from commonweal.core.viewer import Viewer
from commonweal.present.chart import Chart
from commonweal.present.status import long_date
from commonweal.present.table import DataTable
from commonweal.present.wording import listed
from commonweal.web.thread_picture import picture_of
from commonweal.web.thread_tables import links_table, money_table

MOST_OPEN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a list: where its thread is, what it is, and how and why it stands here."""

    title: str
    href: str
    what: str
    says: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things under one heading; `folded` where a page shows them only when asked."""

    title: str
    lines: tuple[Line, ...]
    part: bool = False

    @property
    def folded(self) -> bool:
        """Parts, and long lists."""
        return self.part or len(self.lines) > MOST_OPEN


@dataclass(frozen=True, slots=True)
class WholePage:
    """The whole thread of a partnership."""

    thread: Thread
    answer: str
    chart: Chart | None
    alone: tuple[Group, ...]
    since: tuple[Group, ...]
    overtaken: tuple[str, ...]
    money: DataTable | None
    stages: tuple[Group, ...]
    links: DataTable
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """The thread of one thing."""

    node: Node
    what: Kind
    answer: str
    chart: Chart
    answers: tuple[Group, ...]
    answered_by: tuple[Group, ...]
    falls: tuple[Group, ...]
    falls_words: str
    leans: tuple[Group, ...]
    leans_words: str
    alone: tuple[str, ...]
    since: Group | None
    overtaken: tuple[str, ...]
    money: DataTable | None


def whole_page(viewer: Viewer, partnership: UUID) -> WholePage:
    """For those who see evidence."""
    thread = thread_for(viewer, partnership)
    drawn = frozenset(
        key for edge in thread.edges for key in (edge.later, edge.earlier)
        if not edge.back and not kinds()[edge.later[0]].part and not kinds()[edge.earlier[0]].part)
    return WholePage(
        thread, _answer(thread), picture_of(thread, partnership, drawn, limit=14) if drawn else None,
        _alone(thread, partnership), tuple(_since(partnership, one) for one in changed_since(thread)),
        tuple(_said(one) for one in overtaken(thread)),
        money_table(thread, partnership, thread.of_kind("need")),
        _by_stage(partnership, thread.nodes.values()), links_table(thread, partnership), unknown(),
    )


def item_page(viewer: Viewer, partnership: UUID, kind: str, item: UUID) -> ItemPage:
    """One thing of the thread; NotFound where there is none that the viewer may see."""
    thread = thread_for(viewer, partnership)
    key = (kind, str(item))
    node = thread.nodes.get(key)
    if node is None:
        raise NotFound("There is no such thing on the thread, or none that you may see.")
    up, down = before(thread, key), after(thread, key)
    gone, left = falls(thread, key), leans(thread, key)
    newer = since_decided(thread, node)
    shown = frozenset(one.key for one in (node, *up, *down) if not kinds()[one.kind].part) | _close(thread, key)
    needs = (node,) if kind == "need" else tuple(one for one in up if one.kind == "need")
    return ItemPage(
        node, kinds()[kind], _item_answer(node, up, down),
        picture_of(thread, partnership, shown, here=key, limit=12),
        _groups(thread, partnership, up, thread.up.get(key, ()), key),
        _groups(thread, partnership, down, thread.down.get(key, ()), key),
        _groups(thread, partnership, gone, (), key), counted(gone),
        _groups(thread, partnership, left, (), key), counted(left),
        tuple(f"{one.rule.says}." for one in orphans(thread) if one.node.key == key),
        _since(partnership, newer) if newer else None,
        tuple(_said(one) for one in overtaken(thread) if key in (one.later.key, one.earlier.key)),
        money_table(thread, partnership, needs, of=frozenset(one.key for one in (node, *up, *down))),
    )


def _close(thread: Thread, key: Key) -> frozenset[Key]:
    """The thing itself, and at first hand: its whole, its parts, its evidence, and whatever a part is tied to."""
    edges = [one for one in (*thread.up.get(key, ()), *thread.down.get(key, ())) if not one.back]
    near = {end for one in edges if _has_part(one) for end in (one.later, one.earlier)}
    return frozenset({key, *near})


def _has_part(edge: Edge) -> bool:
    return edge.part or kinds()[edge.later[0]].part or kinds()[edge.earlier[0]].part


def href_of(partnership: UUID, node: Node) -> str:
    """The thread of one thing."""
    return reverse("web:thread-item", args=[partnership, node.kind, node.id])


def counted(nodes: Iterable[Node]) -> str:
    """'3 needs, 1 outcome and 9 measures', in the order of the stages."""
    found: dict[str, int] = {}
    for one in nodes:
        found[one.kind] = found.get(one.kind, 0) + 1
    return listed([f"{count} {kinds()[kind].one if count == 1 else kinds()[kind].many}"
                   for kind, count in found.items()])


def _answer(thread: Thread) -> str:
    if not thread.nodes:
        return "Nothing is on the thread yet. It begins with a need."
    whole = [one for one in thread.nodes.values() if not kinds()[one.kind].part]
    said = f"{counted(whole)} are on the thread."
    count = len({one.node.key for one in orphans(thread)})
    late = len(overtaken(thread))
    since = len(changed_since(thread))
    said += f" {count} stand alone at one end." if count else " Nothing stands alone."
    said += f" {late} were made on a version that has changed since." if late else ""
    return said + (f" {since} decision{'s have' if since > 1 else ' has'} newer grounds." if since else "")


def _item_answer(node: Node, up: tuple[Node, ...], down: tuple[Node, ...]) -> str:
    what = kinds()[node.kind].one
    verb = "stands on" if node.kind == "need" else "answers"
    first = f"This {what} {verb} {counted(up)}." if up else (
        f"This {what} is where the thread begins." if node.kind == "evidence" else f"This {what} {verb} nothing.")
    return f"{first} {counted(down)} answer it." if len(down) != 1 else f"{first} {counted(down)} answers it."


def _alone(thread: Thread, partnership: UUID) -> tuple[Group, ...]:
    found = orphans(thread)
    return tuple(
        Group(rule.says, lines) for rule in rules()
        if (lines := tuple(_line(partnership, one.node) for one in found if one.rule == rule)))


def _since(partnership: UUID, found: Since) -> Group:
    """A decision, and what it stands on that was written, or came, after its day."""
    lines = tuple(
        Line(one.title, href_of(partnership, one), kinds()[one.kind].one,
             f"{kinds()[one.kind].one}, {'written anew' if one.version > 1 else 'new'} {_day(one)}")
        for one in found.newer)
    return Group(f"{found.decision.title}, {_day(found.decision)}", lines)


def _said(one: Overtaken) -> str:
    changed = f" since {_day(one.earlier)}" if one.earlier.on else ""
    return (f"{one.later.title} was made on version {one.read} of {one.earlier.title}; version "
            f"{one.earlier.version} stands{changed}.")


def _day(node: Node) -> str:
    return long_date(node.on) if node.on else ""


def _by_stage(partnership: UUID, nodes: Iterable[Node]) -> tuple[Group, ...]:
    every = tuple(nodes)
    found = []
    for stage in stages():
        keys = {kind.key for kind in stage.kinds if not kind.part} or {kind.key for kind in stage.kinds}
        found.append(Group(stage.title, tuple(_line(partnership, one) for one in every if one.kind in keys)))
    return tuple(one for one in found if one.lines)


def _groups(
    thread: Thread, partnership: UUID, nodes: tuple[Node, ...], edges: Iterable[Edge], key: Key
) -> tuple[Group, ...]:
    """By kind; what is tied at first hand says why."""
    why = {(one.later if one.earlier == key else one.earlier): one.why for one in edges}
    every = (*nodes, *(thread.nodes[one] for one in why if thread.nodes[one] not in nodes))
    found = (
        (kind, tuple(_line(partnership, one, why.get(one.key, "")) for one in every if one.kind == kind.key))
        for kind in kinds().values())
    return tuple(Group(kind.many[:1].upper() + kind.many[1:], lines, kind.part) for kind, lines in found if lines)


def _line(partnership: UUID, node: Node, why: str = "") -> Line:
    dated = node.kind in ("decision", "award", "recommendation", "choice")
    said = ", ".join(one for one in (node.state, _day(node) if dated else "", why) if one)
    return Line(node.title, href_of(partnership, node), kinds()[node.kind].one, said)


