"""The picture of a thread, or of a part of it, with its sentence and its table."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.thread import Key, Node, Thread, kinds, stages
from commonweal.core.thread_walk import orphans, shortest
from commonweal.present.chart import Chart, Message
from commonweal.present.charts.thread import Box, thread_picture
from commonweal.web.thread_tables import links_table


def picture_of(
    thread: Thread, partnership: UUID, shown: frozenset[Key], *, limit: int, here: Key | None = None
) -> Chart:
    """The things shown, at most `limit` a stage: the one asked about and those with most links stay."""
    column = {kind.key: at for at, stage in enumerate(stages()) for kind in stage.kinds}
    chosen, left = _chosen(thread, shown, column, limit, here)
    lines = shortest(thread, frozenset(one.key for one in chosen))
    alone = {one.node.key for one in orphans(thread)}
    number = {one.key: at for at, one in enumerate(chosen)}
    boxes = [
        Box(column[one.kind], one.title, reverse("web:thread-item", args=[partnership, one.kind, one.id]),
            here=one.key == here, alone=one.key in alone) for one in chosen
    ]
    boxes += [Box(at, f"and {count} more, listed below") for at, count in left.items()]
    message = Message(_title(thread, here), _sentence(chosen, lines=len(lines), left=sum(left.values())))
    return thread_picture(
        message, [one.title for one in stages()], boxes,
        [(number[one.later], number[one.earlier]) for one in lines], links_table(thread, partnership, shown))


def _chosen(
    thread: Thread, shown: frozenset[Key], column: dict[str, int], limit: int, here: Key | None
) -> tuple[list[Node], dict[int, int]]:
    chosen: list[Node] = []
    left: dict[int, int] = {}
    nodes = [node for key, node in thread.nodes.items() if key in shown]
    for at in range(len(stages())):
        found = [one for one in nodes if column[one.kind] == at]
        best = sorted(found, key=lambda one: (one.key != here, kinds()[one.kind].part, not one.stands,
                                              -_weight(thread, one.key)))[:limit]
        chosen += [one for one in found if one in best]
        if len(found) > limit:
            left[at] = len(found) - limit
    return chosen, left


def _weight(thread: Thread, key: Key) -> int:
    return len(thread.up.get(key, ())) + len(thread.down.get(key, ()))


def _title(thread: Thread, here: Key | None) -> str:
    return f"The thread of {thread.nodes[here].title}" if here else "From evidence to review"


def _sentence(chosen: list[Node], *, lines: int, left: int) -> str:
    said = (f"{len(chosen)} things and {lines} links. A line goes from each thing to what it answers, on its "
            "left; one that a longer way implies is not drawn. A broken edge: it stands alone at one end.")
    return f"{said} {left} more are in the lists." if left else said
