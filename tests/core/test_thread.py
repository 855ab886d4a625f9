"""Ways along a thread made by hand: what falls, what leans, what stands alone, what a longer way implies."""

from __future__ import annotations

from uuid import UUID

import pytest

from commonweal.core.thread import Edge, Node, Strand, Thread, assembled
from commonweal.core.thread_walk import after, before, falls, leans, orphans, overtaken, shortest

KINDS = {"e": "evidence", "n": "need", "o": "outcome", "d": "decision", "c": "commission", "r": "requirement",
         "a": "agreement", "m": "measure", "t": "return", "v": "review"}


def key(name: str) -> tuple[str, str]:
    return KINDS[name[0]], str(UUID(int=int(name[1:]) + 1000 * ord(name[0])))


def node(name: str, *, version: int = 1, stands: bool = True) -> Node:
    kind, pk = key(name)
    return Node(kind, UUID(pk), name, f"/{name}/", version=version, stands=stands)


def thread(links: str, *more: Node, alone: str = "") -> Thread:
    """`a>b`: a answers b; `a.b`: a is a part of b; `a~b`: a leads to b; `a<b`: a goes back to b."""
    edges, names = [], list(alone.split())
    for one in links.split():
        sign = next(each for each in ">.~<" if each in one)
        later, earlier = one.split(sign)
        names += [later, earlier]
        edges.append(Edge(
            key(later), key(earlier), "why", 1, part=sign == ".", holds=sign != "~", back=sign == "<"))
    nodes = {one.title: one for one in (*(node(name) for name in names), *more)}
    return assembled([Strand(tuple(nodes.values())), Strand(edges=tuple(edges))])


def names(found) -> str:
    return " ".join(one.title for one in found)


WHOLE = "o1>n1 o2>n2 o1~o3 c1>o1 c1>n2 r1.c1 r1>o1 a1>o1 m1.a1 m1>n1 m2.a1 t1.a1 t1>m1 v1>a1 v1>n1 n1<v1"


@pytest.mark.parametrize(("start", "up", "down", "fall", "lean"), [
    ("n1", "", "o1 c1 r1 a1 m1 m2 t1 v1", "o1 r1 a1 m1 m2 t1 v1", "c1"),
    ("n2", "", "o2 c1", "o2", "c1"),        # its requirement answers another need: not on this thread
    ("o3", "", "o1 c1 r1 a1 m2 v1", "", ""),   # what only leads to it does not stand on it; m1 answers a need
    ("a1", "n1 o1 o3", "m1 m2 t1 v1", "m1 m2 t1", "v1"),
    ("m1", "n1 a1", "t1", "t1", ""),          # its agreement is named, and what that answers is not gone on to
    ("m2", "n1 o1 o3 a1", "", "", ""),        # without an answer of its own it stands on its agreement's
    ("t1", "n1 a1 m1", "", "", ""),
    ("v1", "n1 o1 o3 a1", "", "", ""),        # what goes back to a need is not followed round
])
def test_what_is_before_and_after_and_what_falls(start, up, down, fall, lean):
    found = thread(WHOLE)
    here = key(start)
    assert (names(before(found, here)), names(after(found, here))) == (up, down)
    assert (names(falls(found, here)), names(leans(found, here))) == (fall, lean)


@pytest.mark.parametrize(("links", "alone", "says"), [
    ("o1>n1", "", {"n1": "This need stands on no evidence; No agreement answers this need",
                   "o1": "No measure shows this outcome"}),
    ("n1>e1 o1>n1 a1>o1 m1.a1 m1>o1 t1>m1", "", {}),
    ("n1>e1 o1>n1 a1>o1 m1.a1 t1>m1 m2.a1 m2>n1 t1>m2", "", {"m1": "This measure answers no need and no outcome"}),
    ("n1>e1 o1~o2 o1>n1 a1>n1 m1.a1 m1>o1 t1>m1", "", {}),   # o2 is led to, and o1's measure shows it
    ("", "o1 c1", {"o1": "This outcome answers no need, and no outcome leads to it; No measure shows this outcome",
                   "c1": "This commission answers no need and no outcome"}),
])
def test_what_stands_alone(links, alone, says):
    found: dict[str, str] = {}
    for one in orphans(thread(links, alone=alone)):
        found[one.node.title] = "; ".join(filter(None, (found.get(one.node.title), one.rule.says)))
    assert found == says


def test_what_is_over_is_never_alone_and_answers_no_more():
    found = thread("n1>e1 a1>n1 m1.a1 m1>n1 t1>m1", node("a1", stands=False), node("m2", stands=False))
    (one,) = orphans(found)
    assert (one.node.title, one.rule.says) == ("n1", "No agreement answers this need")


def test_versions_links_unseen_ends_and_long_ways():
    found = thread("c1>n1 a1>n2 m1>a1 m1>n2", node("n1", version=3))
    assert [(one.later.title, one.read, one.earlier.title) for one in overtaken(found)] == [("c1", 1, "n1")]
    drawn = shortest(found, frozenset(found.nodes))
    ends = {(found.nodes[one.later].title, found.nodes[one.earlier].title) for one in drawn}
    assert ends == {("c1", "n1"), ("a1", "n2"), ("m1", "a1")}
    unseen = assembled([Strand((node("c1"),), (Edge(key("c1"), key("n1"), "answers it"),))])
    assert unseen.edges == ()
