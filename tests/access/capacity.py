"""The self-assessment: everybody of an organisation in the partnership, for their own organisation."""

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


TABLE = [
    Line("needs:capacity", MEMBERS, 200, partnership),
    Line("needs:capacity-start", MEMBERS, 302, which),
    Line("needs:capacity-question", MEMBERS, 200, question),
    Line("needs:capacity-question", MEMBERS, 302, question, "post", {"level": "2"}),
    Line("needs:capacity-step", frozenset(), 404, step, seen_by=frozenset()),
    Line("needs:capacity-plan", LOGIN, 405, partnership),
    Line("needs:capacity-plan", MEMBERS, 302, partnership, "post"),
    Line("needs:capacity-show", LOGIN, 405, partnership),
    Line("needs:capacity-show", MEMBERS, 302, partnership, "post", {"shown": "yes"}),
    Line("needs:capacity-again", LOGIN, 405, partnership),
    Line("needs:capacity-again", MEMBERS, 302, partnership, "post"),
]
