"""Networks of peers: those of a partnership for its members, what is said in them for whoever has joined."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import LOGIN, MEMBERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.knowledge.actions.networks import answer_question, ask_network, begin_network, join_network
from commonweal.knowledge.models import Among, PeerNetwork

TALKERS = MEMBERS - {"observer", "certifier"}
INSIDE = frozenset({"admin", "analyst"})


def network(world: World) -> dict[str, object]:
    row = PeerNetwork.objects.filter(partnership=world.partnership).first()
    if row is None:
        row = begin_network(by=viewer_of(world.admin()), partnership=world.partnership, title="Halls",
                            about="Leases and heating.", among=Among.CLUBS, wide=False)
        for role, person in world.people.items():
            if role.value in INSIDE:
                join_network(by=viewer_of(person), network=row, partnership=world.partnership,
                             knows="leases of halls", reach="01632 960199")
    return {**partnership(world), "network": row.pk}


def question(world: World) -> dict[str, object]:
    keys = network(world)
    row = PeerNetwork.objects.get(pk=keys["network"])
    asked = row.questions.first() or ask_network(by=viewer_of(world.admin()), network=row, words="A lease?")
    return {**keys, "question": asked.pk}


def answer(world: World) -> dict[str, object]:
    keys = question(world)
    asked = PeerNetwork.objects.get(pk=keys["network"]).questions.get(pk=keys["question"])
    other = next(person for role, person in world.people.items() if role.value == "analyst")
    said = asked.answers.first() or answer_question(by=viewer_of(other), question=asked, words="Yes.")
    return {**keys, "answer": said.pk}


TABLE = [
    Line("knowledge:networks", MEMBERS, 200, partnership),
    Line("knowledge:network-begin", TALKERS, 200, partnership),
    Line("knowledge:network-begin", TALKERS, 200, partnership, "post", {"title": ""}),
    Line("knowledge:network", MEMBERS, 200, network),
    Line("knowledge:network-join", MEMBERS, 200, network),
    Line("knowledge:network-join", MEMBERS, 200, network, "post", {"knows": ""}),
    Line("knowledge:network-leave", LOGIN, 405, network),
    Line("knowledge:network-leave", INSIDE, 302, network, "post"),
    Line("knowledge:network-ask", INSIDE, 200, network),
    Line("knowledge:network-ask", INSIDE, 200, network, "post", {"words": ""}),
    Line("knowledge:network-answer", INSIDE, 200, question),
    Line("knowledge:network-answer", INSIDE, 200, question, "post", {"words": ""}),
    Line("knowledge:network-helped", frozenset({"admin"}), 302, answer, "post"),
    Line("api:peer_networks", MEMBERS, 200, partnership),
    Line("knowledge:network", frozenset(), 404, lambda world: {**partnership(world), "network": uuid4()},
         seen_by=frozenset()),
]
