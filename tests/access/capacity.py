"""The self-assessment: everybody who works for an organisation here, for their own; who only looks, nothing."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import LOGIN, MEMBERS, Line, partnership
from tests.world import World


def which(world: World) -> dict[str, object]:
    return {**partnership(world), "which": "mine"}


def question(world: World) -> dict[str, object]:
    return {**which(world), "question": "member-backing"}


def step(world: World) -> dict[str, object]:
    return {**partnership(world), "step": uuid4()}


ANSWER = MEMBERS - {"observer", "certifier"}

TABLE = [
    Line("needs:capacity", MEMBERS, 200, partnership),
    Line("needs:capacity-start", ANSWER, 302, which),
    Line("needs:capacity-question", ANSWER, 200, question),
    Line("needs:capacity-question", ANSWER, 302, question, "post", {"level": "2"}),
    Line("needs:capacity-step", frozenset(), 404, step, seen_by=frozenset({"observer", "certifier"})),
    Line("needs:capacity-plan", LOGIN, 405, partnership),
    Line("needs:capacity-plan", ANSWER, 302, partnership, "post"),
    Line("needs:capacity-show", LOGIN, 405, partnership),
    Line("needs:capacity-show", ANSWER, 302, partnership, "post", {"shown": "yes"}),
    Line("needs:capacity-again", LOGIN, 405, partnership),
    Line("needs:capacity-again", ANSWER, 302, partnership, "post"),
]
