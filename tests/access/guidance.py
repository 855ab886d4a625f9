"""Guidance and lessons are for everybody; a partnership's checklists are its own, ticked by those who discuss."""

from __future__ import annotations

from tests.access.line import ANYBODY, MEMBERS, Line, partnership
from tests.world import World

TALKERS = MEMBERS - {"observer", "certifier"}


def step(world: World) -> dict[str, object]:
    return {"step": "evidence"}


def own(world: World) -> dict[str, object]:
    return {**partnership(world), "step": "evidence"}


TABLE = [
    Line("needs:step-guidance", ANYBODY),
    Line("needs:step", ANYBODY, keys=step),
    Line("needs:toolkit", ANYBODY, keys=lambda world: {"ending": "docx"}),
    Line("needs:lessons", ANYBODY),
    Line("needs:lesson", ANYBODY, keys=step),
    Line("needs:own-toolkit", MEMBERS, 200, partnership),
    Line("needs:own-guidance", MEMBERS, 200, own),
    Line("needs:own-guidance", TALKERS, 302, own, "post", {"done": "users"}),
    Line("web:member", MEMBERS, 200, partnership),
]
