"""The thread as data: things, links, what stands alone, what changed; and one thing with what falls with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.errors import NotFound
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.thread import Edge, Node, Thread, thread_for
from commonweal.core.thread_walk import Since, after, before, changed_since, falls, leans, orphans, since_decided
from commonweal.core.viewer import viewer_from

router = Router(tags=["Thread"])


class ThreadRefusal(Schema):
    """Why not, in a sentence."""

    detail: str


class ThingOut(Schema):
    """One thing on the thread; `version` 0 where it has none."""

    kind: str
    id: UUID
    title: str
    href: str
    state: str
    on: date | None
    version: int
    stands: bool


class LinkOut(Schema):
    """`later` answers `earlier`; `read` is the version it was made on."""

    later_kind: str
    later: UUID
    earlier_kind: str
    earlier: UUID
    why: str
    read: int
    part: bool
    back: bool


class AloneOut(Schema):
    """A thing that stands alone, and how."""

    kind: str
    id: UUID
    says: str


class SinceOut(Schema):
    """A decision, and what it stands on that is newer than the decision."""

    kind: str
    id: UUID
    decided: date | None
    newer: list[ThingOut]


class PaidOut(Schema):
    """Money of one thing in one financial year; never to be added up over needs."""

    kind: str
    id: UUID
    year: str
    pounds: Decimal
    vat: str
    what: str


class CameOut(Schema):
    """At least and at most how many different people; never to be added up."""

    kind: str
    id: UUID
    year: str
    least: int
    most: int
    source: str


class ThreadOut(Schema):
    """The whole thread."""

    things: list[ThingOut]
    links: list[LinkOut]
    alone: list[AloneOut]
    since: list[SinceOut]
    paid: list[PaidOut]
    came: list[CameOut]


class ThingThreadOut(Schema):
    """The thread of one thing; `alone` in sentences, `since` where it decided something and has newer grounds."""

    thing: ThingOut
    alone: list[str]
    since: SinceOut | None
    answers: list[ThingOut]
    answered_by: list[ThingOut]
    falls: list[ThingOut]
    leans: list[ThingOut]


REFUSED = {403: ThreadRefusal, 404: ThreadRefusal}


@router.get("/partnerships/{partnership}/thread", response={200: ThreadOut, **REFUSED}, url_name="thread",
            summary="Everything from need to review, and what answers what")
def whole(request: HttpRequest, partnership: UUID) -> ThreadOut:
    """For those who see evidence."""
    thread = _thread(request, partnership)
    return ThreadOut(
        things=[_thing(one) for one in thread.nodes.values()], links=[_link(one) for one in thread.edges],
        alone=[AloneOut(kind=one.node.kind, id=one.node.id, says=one.rule.says) for one in orphans(thread)],
        since=[_since(each) for each in changed_since(thread)],
        paid=[PaidOut(kind=one.of[0], id=UUID(one.of[1]), year=one.year, pounds=one.pounds, vat=one.basis,
                      what=one.what) for one in thread.paid],
        came=[CameOut(kind=one.of[0], id=UUID(one.of[1]), year=one.year, least=one.least, most=one.most,
                      source=one.source) for one in thread.came],
    )


@router.get("/partnerships/{partnership}/thread/{kind}/{item}", response={200: ThingThreadOut, **REFUSED},
            url_name="thread-item", summary="What one thing answers, what answers it, what falls with it")
def one(request: HttpRequest, partnership: UUID, kind: str, item: UUID) -> ThingThreadOut:
    """At first hand and through others."""
    thread = _thread(request, partnership)
    key = (kind, str(item))
    if key not in thread.nodes:
        raise NotFound("There is no such thing on the thread, or none that you may see.")
    newer = since_decided(thread, thread.nodes[key])
    return ThingThreadOut(
        thing=_thing(thread.nodes[key]),
        alone=[each.rule.says for each in orphans(thread) if each.node.key == key],
        since=_since(newer) if newer else None, answers=[_thing(each) for each in before(thread, key)],
        answered_by=[_thing(each) for each in after(thread, key)],
        falls=[_thing(each) for each in falls(thread, key)], leans=[_thing(each) for each in leans(thread, key)])


def _thread(request: HttpRequest, partnership: UUID) -> Thread:
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return thread_for(viewer, partnership)


def _thing(node: Node) -> ThingOut:
    return ThingOut(kind=node.kind, id=node.id, title=node.title, href=node.href, state=node.state, on=node.on,
                    version=node.version, stands=node.stands)


def _since(found: Since) -> SinceOut:
    one = found.decision
    return SinceOut(kind=one.kind, id=one.id, decided=one.on, newer=[_thing(each) for each in found.newer])


def _link(edge: Edge) -> LinkOut:
    return LinkOut(
        later_kind=edge.later[0], later=UUID(edge.later[1]), earlier_kind=edge.earlier[0],
        earlier=UUID(edge.earlier[1]), why=edge.why, read=edge.read, part=edge.part, back=edge.back)
