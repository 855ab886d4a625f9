"""The register of people: read by members; each entry and reference by its own link, for whoever holds it."""

from __future__ import annotations

from tests.access.line import ANYBODY, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.providers.actions.advisers import (
    AdviserSaid,
    WorkSaid,
    add_work,
    adviser_token,
    ask_adviser,
    ask_reference,
    reference_token,
    say_yes,
)
from commonweal.providers.models import Adviser, AdviserKind, AdviserWork, Reference

SPEAK = WORKERS | {"provider"}


def listed(world: World) -> Adviser:
    row = Adviser.objects.filter(partnership=world.partnership, erased_at=None).first() or ask_adviser(
        by=viewer_of(world.admin()), partnership=world.partnership, name="Jo Peer", email="jo@peer.example",
        kind=AdviserKind.PEER)
    if row.consented_at is None:
        say_yes(adviser=row, said=AdviserSaid(about="I help boards.", conflicts="none", reach="jo@peer.example"))
        add_work(adviser=row, said=WorkSaid(what="A board review", client="A trust", since=2024))
    return row


def asked(world: World) -> Reference:
    work = AdviserWork.objects.filter(adviser=listed(world)).first() or add_work(
        adviser=listed(world), said=WorkSaid(what="A review", client="A trust", since=2024))
    return work.references.first() or ask_reference(work=work, name="Kit Client", email="kit@trust.example")


def person(world: World) -> dict[str, object]:
    return {**partnership(world), "adviser": listed(world).pk}


def own(world: World) -> dict[str, object]:
    return {"token": adviser_token(listed(world))}


def work(world: World) -> dict[str, object]:
    return {**own(world), "work": asked(world).work_id}


def reply(world: World) -> dict[str, object]:
    return {**own(world), "reference": asked(world).pk}


def referee(world: World) -> dict[str, object]:
    return {"token": reference_token(asked(world))}


TABLE = [
    Line("api:people_who_could_help", MEMBERS, 200, partnership),
    Line("providers:people", MEMBERS, 200, partnership),
    Line("providers:people-ask", SPEAK, 200, partnership),
    Line("providers:people-ask", SPEAK, 200, partnership, "post", {"name": ""}),
    Line("providers:person", MEMBERS, 200, person),
    Line("providers:adviser-own", ANYBODY, 200, own),
    Line("providers:adviser-own", ANYBODY, 404, lambda world: {"token": "made-up"}),
    Line("providers:adviser-say", ANYBODY, 200, own),
    Line("providers:adviser-say", ANYBODY, 200, own, "post", {"about": ""}),
    Line("providers:adviser-work", ANYBODY, 200, own),
    Line("providers:adviser-work", ANYBODY, 200, own, "post", {"what": ""}),
    Line("providers:adviser-out", ANYBODY, 200, work),
    Line("providers:adviser-ask", ANYBODY, 200, work),
    Line("providers:adviser-ask", ANYBODY, 200, work, "post", {"name": ""}),
    Line("providers:adviser-reply", ANYBODY, 200, reply),
    Line("providers:adviser-reply", ANYBODY, 200, reply, "post", {"words": ""}),
    Line("providers:adviser-go", ANYBODY, 200, own),
    Line("providers:reference", ANYBODY, 200, referee),
    Line("providers:reference", ANYBODY, 200, referee, "post", {"what": ""}),
    Line("providers:reference", ANYBODY, 404, lambda world: {"token": "made-up"}),
]
