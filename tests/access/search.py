"""Everybody may search; each finds what they may see."""

from __future__ import annotations

from tests.access.line import ANYBODY, Line
from tests.world import World


def asked(world: World) -> dict[str, object]:
    return {}


TABLE = [
    Line("web:search", ANYBODY, 200, asked),
    Line("api:search", ANYBODY, 400, asked),
]
