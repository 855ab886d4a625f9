"""Ways along the thread: what a thing answers, what answers it, what falls with it, what stands alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from commonweal.core.thread import Edge, Key, Node, Rule, Thread, kinds, rules

Steps = Callable[[Key], Iterable[tuple[Key, bool]]]


@dataclass(frozen=True, slots=True)
class Orphan:
    """A thing that stands alone, and by which rule."""

    node: Node
    rule: Rule


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Something made on a version that has been superseded since."""

    later: Node
    earlier: Node
    read: int


@dataclass(frozen=True, slots=True)
class Since:
    """What a decision stands on that is newer than the decision, in the order of the stages."""

    decision: Node
    newer: tuple[Node, ...]


def before(thread: Thread, key: Key) -> tuple[Node, ...]:
    """Everything that a thing answers, at first hand and through others, in the order of the stages.

    A part with answers of its own answers those alone; its whole is named and not gone on from.
    """
    return _reached(thread, key, lambda at: _ups(thread, at, first=at == key))


def after(thread: Thread, key: Key) -> tuple[Node, ...]:
    """Everything that answers a thing. Of another thing's parts only those that answer nothing of their own."""
    return _reached(thread, key, lambda at: _downs(thread, at, first=at == key))


def falls(thread: Thread, key: Key) -> tuple[Node, ...]:
    """What would stand on nothing if this were not there: its parts, and all that answers it alone."""
    return _in_order(thread, _gone(thread, key) - {key})


def leans(thread: Thread, key: Key) -> tuple[Node, ...]:
    """What would lose something it answers and still stand on something else."""
    gone = _gone(thread, key)
    left = {
        edge.later for one in gone for edge in thread.down.get(one, ()) if _holds(edge) and edge.later not in gone
    }
    return _in_order(thread, left)


def orphans(thread: Thread) -> tuple[Orphan, ...]:
    """Everything that stands alone, rule by rule; what is over or withdrawn is not asked."""
    return tuple(
        Orphan(node, rule) for rule in rules() for node in thread.of_kind(rule.kind)
        if node.stands and _alone(thread, node, rule)
    )


def overtaken(thread: Thread) -> tuple[Overtaken, ...]:
    """Links made on a version that no longer stands."""
    return tuple(
        Overtaken(thread.nodes[one.later], thread.nodes[one.earlier], one.read) for one in thread.edges
        if one.read and one.read < thread.nodes[one.earlier].version
    )


def since_decided(thread: Thread, node: Node) -> Since | None:
    """What is newer than a decision; None for what decides nothing, has no day, or stands as it was."""
    day = node.on
    if day is None or not kinds()[node.kind].decides:
        return None
    newer = tuple(one for one in before(thread, node.key) if one.on is not None and one.on > day)
    return Since(node, newer) if newer else None


def changed_since(thread: Thread) -> tuple[Since, ...]:
    """Every decision whose grounds have changed since it was taken."""
    found = (since_decided(thread, one) for one in thread.nodes.values())
    return tuple(one for one in found if one is not None)


def shortest(thread: Thread, shown: frozenset[Key]) -> tuple[Edge, ...]:
    """Links among the things shown, without those that a longer way through others implies."""
    edges = [one for one in thread.edges if not one.back and one.later in shown and one.earlier in shown]
    steps: dict[Key, set[Key]] = {}
    for one in edges:
        steps.setdefault(one.later, set()).add(one.earlier)
    kept = {(later, earlier) for later, found in steps.items() for earlier in found
            if not any(_leads(steps, other, earlier) for other in found - {earlier})}
    found_once = {(one.later, one.earlier): one for one in reversed(edges)}
    return tuple(one for pair, one in found_once.items() if pair in kept)


def _leads(steps: dict[Key, set[Key]], start: Key, end: Key) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for one in steps.get(waiting.pop(), ()):
            if one == end:
                return True
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return False


def _reached(thread: Thread, key: Key, steps: Steps) -> tuple[Node, ...]:
    seen, waiting = {key}, [key]
    while waiting:
        for one, goes_on in steps(waiting.pop()):
            if one not in seen:
                seen.add(one)
                if goes_on:
                    waiting.append(one)
    return _in_order(thread, seen - {key})


def _ups(thread: Thread, key: Key, *, first: bool) -> Iterator[tuple[Key, bool]]:
    edges = [one for one in thread.up.get(key, ()) if not one.back]
    own = any(not one.part for one in edges)
    for one in edges:
        if not one.part or first or not own:
            yield one.earlier, not (one.part and own)


def _downs(thread: Thread, key: Key, *, first: bool) -> Iterator[tuple[Key, bool]]:
    for one in thread.down.get(key, ()):
        if not one.back and (not one.part or first or not _own(thread, one.later)):
            yield one.later, True


def _own(thread: Thread, key: Key) -> bool:
    return any(not one.part and not one.back for one in thread.up.get(key, ()))


def _gone(thread: Thread, key: Key) -> set[Key]:
    """The thing itself and all that falls with it."""
    gone, waiting = {key}, [key]
    while waiting:
        for edge in thread.down.get(waiting.pop(), ()):
            one = edge.later
            falling = edge.part or (_holds(edge) and _stands_on(thread, one) <= gone)
            if falling and one not in gone:
                gone.add(one)
                waiting.append(one)
    return gone


def _stands_on(thread: Thread, key: Key) -> set[Key]:
    return {one.earlier for one in thread.up.get(key, ()) if _holds(one)}


def _holds(edge: Edge) -> bool:
    return edge.holds and not edge.part and not edge.back


def _alone(thread: Thread, node: Node, rule: Rule) -> bool:
    if rule.answers:
        at_hand = {one.earlier[0] for one in thread.up.get(node.key, ()) if not one.part and not one.back}
        led_to = {one.later[0] for one in thread.down.get(node.key, ())}
        return not at_hand & set(rule.answers) and rule.unless_from not in led_to
    if rule.through:
        found = after(thread, node.key)
    else:
        found = tuple(thread.nodes[one.later] for one in thread.down.get(node.key, ()) if not one.back)
    return not any(one.stands and one.kind in rule.answered_by for one in found)


def _in_order(thread: Thread, keys: set[Key]) -> tuple[Node, ...]:
    return tuple(node for key, node in thread.nodes.items() if key in keys)
